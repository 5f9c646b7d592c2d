package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.Touch;
import io.github.presence4j.benchmarks.contestant.SessionTopic;
import io.github.presence4j.benchmarks.load.ClosedLoop;
import io.github.presence4j.benchmarks.load.RunSettings;
import io.github.presence4j.benchmarks.load.SessionBeats;
import io.github.presence4j.benchmarks.load.ShuffledNames;
import io.github.presence4j.benchmarks.report.Measurement;
import io.github.presence4j.benchmarks.report.MeasurementRecorder;
import io.github.presence4j.benchmarks.report.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a heartbeat of a session with data costs the server: its CPU time by INFO before and after many of them. In turns; the
 * first round warms up. One at a time, a touch shares nothing with others: this is where many sessions of one member show.
 */
final class SessionServerCpu implements Probe {
    private static final int UNDER_WAY = 512;
    private static final int THREADS = 2;
    private static final int PER_JOIN = 1000;
    private static final String OURS = "presence4j";
    private static final String PAGE = "contacts";

    @Override
    public String name() {
        return "server's CPU per touch of a session";
    }

    @Override
    public List<Measurement> measure(RunSettings size) {
        boolean onlyJudged = size.otherRounds() == 0;
        MeasurementRecorder board = new MeasurementRecorder();
        List<Party> parties = new ArrayList<>();
        try {
            for (String name : onlyJudged ? List.of(OURS, "zadd-hset") : List.of(OURS, "zadd-hset", "script")) {
                parties.add(new Party(name, size.members(), 0));
            }
            Party shared = new Party(OURS, size.members(), size.thousand());
            parties.add(shared);
            for (int round = -1; round < size.rounds(); round++) {
                measure(size, parties, round < 0 ? new MeasurementRecorder() : board);
            }
        } finally {
            parties.forEach(Party::close);
        }
        return board.scores();
    }

    private static void measure(RunSettings size, List<Party> parties, MeasurementRecorder board) {
        int lone = size.members() / 20;
        for (Party party : parties) {
            String contestant = "redis:" + party.name;
            if (party.beatsOfOne.length > 0) {
                double many = party.oneAtATime(lone, party.beatsOfOne);
                board.add(Scenario.MANY_SERVER_CPU, contestant, Measurement.MICROS, many);
            } else {
                double underWay = party.underWay(2 * size.members());
                board.add(Scenario.TAB_SERVER_CPU, contestant, Measurement.MICROS, underWay);
                double one = party.oneAtATime(lone, party.beats);
                board.add(Scenario.ONE_SERVER_CPU, contestant, Measurement.MICROS, one);
            }
        }
    }

    /** A contestant on a server of its own, where each member has a session, and one further member may have many. */
    private static final class Party implements AutoCloseable {
        private final String name;
        private final MeteredServer server;
        private final SessionTopic room;
        private final Touch[] beats;
        private final Touch[] beatsOfOne;

        Party(String name, int members, int many) {
            this.name = name;
            this.server = new MeteredServer(name);
            this.room = server.contestant().sessions("crm_navbar:live_users");
            this.beats = SessionBeats.of(ShuffledNames.names(members), 1, PAGE);
            this.beatsOfOne = many == 0 ? new Touch[0] : SessionBeats.of(new String[] {"shared"}, many, PAGE);
            join(Arrays.asList(beats));
            join(Arrays.asList(beatsOfOne));
        }

        private void join(List<Touch> all) {
            for (int from = 0; from < all.size(); from += PER_JOIN) {
                room.join(all.subList(from, Math.min(all.size(), from + PER_JOIN)));
            }
        }

        double underWay(int touches) {
            return server.micros(touches, THREADS, part -> {
                ShuffledNames walk = new ShuffledNames(beats.length, part, THREADS);
                ClosedLoop window = new ClosedLoop(UNDER_WAY / THREADS);
                for (int i = 0; i < touches / THREADS; i++) {
                    Touch beat = beats[walk.next()];
                    window.begin(() -> room.touchAsync(beat.member(), SessionTopic.tabOf(beat), beat.data()));
                }
                window.drain();
            });
        }

        double oneAtATime(int touches, Touch[] of) {
            return server.micros(touches, 1, part -> {
                ShuffledNames walk = new ShuffledNames(of.length, 0, 1);
                for (int i = 0; i < touches; i++) {
                    Touch beat = of[walk.next()];
                    room.touch(beat.member(), SessionTopic.tabOf(beat), beat.data());
                }
            });
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
