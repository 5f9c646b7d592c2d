package io.github.presence4j.benchmarks.contestant;

import com.hazelcast.map.IMap;
import io.github.presence4j.Touch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A map from {@code member:tab} to the session's data, whose entries have a TTL, by hand. Hazelcast keeps the times. */
final class ExpiringTabs implements SessionTopic {
    private static final long TTL_SECONDS = Contestant.TTL.toSeconds();

    private final IMap<String, String> map;
    private final boolean direct;

    ExpiringTabs(IMap<String, String> map, boolean direct) {
        this.map = map;
        this.direct = direct;
    }

    @Override
    public CompletionStage<?> touchAsync(String member, String tab, @Nullable String data) {
        CompletionStage<?> set =
                map.setAsync(SessionTopic.nameOf(member, tab), said(data), TTL_SECONDS, TimeUnit.SECONDS);
        return direct ? ExpiringMap.direct(set) : set;
    }

    @Override
    public void touch(String member, String tab, @Nullable String data) {
        map.set(SessionTopic.nameOf(member, tab), said(data), TTL_SECONDS, TimeUnit.SECONDS);
    }

    /** The TTL is the map's. */
    @Override
    public void join(List<Touch> beats) {
        Map<String, String> all = new HashMap<>();
        beats.forEach(beat -> all.put(SessionTopic.nameOf(beat.member(), SessionTopic.tabOf(beat)), said(beat.data())));
        map.setAll(all);
    }

    @Override
    public CompletionStage<?> leaveAsync(String member, String tab) {
        CompletionStage<?> deleted = map.deleteAsync(SessionTopic.nameOf(member, tab));
        return direct ? ExpiringMap.direct(deleted) : deleted;
    }

    @Override
    public @Nullable String data(String member, String tab) {
        return map.get(SessionTopic.nameOf(member, tab));
    }

    @Override
    public long count() {
        return map.size();
    }

    private static String said(@Nullable String data) {
        return data == null ? "" : data;
    }
}
