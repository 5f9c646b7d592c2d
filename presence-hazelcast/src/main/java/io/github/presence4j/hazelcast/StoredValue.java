package io.github.presence4j.hazelcast;

import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** What lies in a map. Changed in place by the thread of its partition, on its owner and on each backup alike. */
sealed interface StoredValue extends IdentifiedDataSerializable permits TopicCell, TopicMetadataValue {

    /** For how long it is to be kept from then on, in milliseconds (G1). */
    long lifeMillisAt(long clusterTime);

    /** Of the same thing on two sides of a split; the number is random. */
    StoredValue mergedWith(StoredValue other, long random);
}
