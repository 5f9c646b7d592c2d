package io.github.presence4j.cell;

import org.jspecify.annotations.Nullable;

/** A member with one session, which has a name or data. */
final class NamedSessionEntry extends OneSessionEntry {
    private final String name;
    private volatile @Nullable String data;

    NamedSessionEntry(String member, int slot, long seen, String name, @Nullable String data) {
        super(member, slot, seen);
        this.name = name;
        this.data = data;
    }

    @Override
    String name() {
        return name;
    }

    @Override
    @Nullable
    String data() {
        return data;
    }

    @Override
    boolean keeps(String session, @Nullable String newData) {
        return session.equals(name) && SessionState.keeps(data, newData);
    }

    @Override
    MemberEntry with(String session, @Nullable String newData, long now) {
        if (!has(session)) {
            return super.with(session, newData, now);
        }
        data = newData;
        return this;
    }
}
