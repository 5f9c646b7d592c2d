package io.github.presence4j.benchmarks.load;

import io.github.presence4j.Touch;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeats of all sessions of a room. Each member has equally many sessions, with names that look like UUIDs, as {@code
 * hold} gives them, and about 60 bytes of JSON that differ from member to member.
 */
public final class SessionBeats {
    private SessionBeats() {}

    /**
     * Makes a beat for each session. What two calls return is equal but not the same: in life each beat comes from the network,
     * so that no comparison may be shortened by finding the same object.
     *
     * @param members their names
     * @param tabs sessions of each
     * @param page what each session's data say the member is looking at; null for sessions without data
     * @return the beats of the sessions of a member one after the other, in the members' order
     */
    public static Touch[] of(String[] members, int tabs, @Nullable String page) {
        Random random = new Random(11);
        Touch[] beats = new Touch[members.length * tabs];
        for (int i = 0; i < beats.length; i++) {
            String tab = new UUID(random.nextLong(), random.nextLong()).toString();
            beats[i] = new Touch(members[i / tabs], tab, page == null ? null : data(page, i));
        }
        return beats;
    }

    private static String data(String page, int index) {
        return String.format("{\"page\":\"/%s/%06d\",\"device\":\"desktop\",\"idle\":false}", page, index);
    }
}
