package io.github.presence4j.spi;

/**
 * Which topic: equal ids are the same topic, different ids never touch each other (G4). One is made per
 * {@link io.github.presence4j.PresenceTopic} and handed to every call, so it serves well as a key.
 *
 * @param namespace keeps two applications on one store apart; 1 to 512 bytes of UTF-8
 * @param name the topic's name; 1 to 512 bytes of UTF-8
 */
public record TopicId(String namespace, String name) {}
