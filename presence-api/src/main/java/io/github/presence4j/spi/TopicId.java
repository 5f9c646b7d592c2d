package io.github.presence4j.spi;

/**
 * The identity of a topic: equal ids are the same topic, and topics with different ids do not affect each other. Immutable. One
 * is made per {@link io.github.presence4j.PresenceTopic} and used for every call, so it suits as a key of a map.
 *
 * @param namespace separates two applications on one store; 1 to 512 bytes of UTF-8
 * @param name the topic's name; 1 to 512 bytes of UTF-8
 */
public record TopicId(String namespace, String name) {}
