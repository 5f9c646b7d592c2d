package io.github.presence4j.hazelcast;

import com.hazelcast.internal.serialization.DataSerializerHook;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/**
 * The numbers of the classes that are sent between members and clients. Hazelcast finds the hook on the class path, so it
 * needs no configuration. A number is never given to another class.
 */
public final class PresenceDataSerializerHook implements DataSerializerHook {
    static final int FACTORY = 0x70_34_6a;
    static final int TOPIC_CELL = 1;
    static final int CHANGE = 2;
    static final int OUTCOME = 3;
    static final int QUESTION = 4;
    static final int ANSWER = 5;
    static final int TOPIC_HOME = 6;
    static final int VISIT = 7;
    static final int HOME_ANSWER = 8;
    static final int HOME_COPY = 9;
    static final int READ_CLOCK = 10;
    static final int CLOCK_ANSWER = 11;

    /** Called by Hazelcast. */
    public PresenceDataSerializerHook() {}

    @Override
    public int getFactoryId() {
        return FACTORY;
    }

    @Override
    public DataSerializableFactory createFactory() {
        return PresenceDataSerializerHook::empty;
    }

    private static IdentifiedDataSerializable empty(int id) {
        return switch (id) {
            case TOPIC_CELL -> new TopicCell(0, 0);
            case CHANGE -> new CellUpdateProcessor();
            case OUTCOME -> new CommandResult();
            case QUESTION -> new CellQueryProcessor();
            case ANSWER -> new QueryResult();
            case TOPIC_HOME -> new TopicMetadataValue();
            case VISIT -> new TopicMetadataProcessor();
            case HOME_ANSWER -> new TopicMetadataResult();
            case HOME_COPY -> new TopicMetadataBackupProcessor();
            case READ_CLOCK -> new ReadClock();
            case CLOCK_ANSWER -> new ReadClock.Answer();
            default ->
                throw new IllegalArgumentException(
                        "Class " + id + " is of a newer version; upgrade presence4j on this node");
        };
    }
}
