package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.benchmarks.contestant.ContestantTopic;
import io.github.presence4j.benchmarks.load.ClosedLoop;
import io.github.presence4j.benchmarks.load.RunSettings;
import io.github.presence4j.benchmarks.load.ShuffledNames;
import io.github.presence4j.benchmarks.report.Measurement;
import io.github.presence4j.benchmarks.report.MeasurementRecorder;
import io.github.presence4j.benchmarks.report.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a heartbeat costs the server: its CPU time by INFO before and after many of them. In turns; the first round warms up. */
final class ServerCpu implements Probe {
    private static final int UNDER_WAY = 512;
    private static final int THREADS = 2;
    private static final int PER_BULK = 256;
    private static final int PER_JOIN = 1000;

    @Override
    public String name() {
        return "server's CPU per touch";
    }

    @Override
    public List<Measurement> measure(RunSettings size) {
        MeasurementRecorder board = new MeasurementRecorder();
        List<Party> parties = new ArrayList<>();
        try {
            for (String name : List.of("presence4j", "zadd")) {
                parties.add(new Party(name, size.members()));
            }
            int touches = 2 * size.members();
            for (int round = -1; round < size.rounds(); round++) {
                for (Party party : parties) {
                    double single = party.micros(touches, ServerCpu::singly);
                    double bulk = party.micros(touches, ServerCpu::inBulk);
                    if (round >= 0) {
                        board.add(Scenario.SERVER_CPU, "redis:" + party.name, Measurement.MICROS, single);
                        board.add(Scenario.SERVER_CPU_BULK, "redis:" + party.name, Measurement.MICROS, bulk);
                    }
                }
            }
        } finally {
            parties.forEach(Party::close);
        }
        return board.scores();
    }

    private interface Load {
        void run(ContestantTopic room, String[] names, ShuffledNames walk, int touches);
    }

    private static void singly(ContestantTopic room, String[] names, ShuffledNames walk, int touches) {
        ClosedLoop window = new ClosedLoop(UNDER_WAY / THREADS);
        for (int i = 0; i < touches; i++) {
            String member = names[walk.next()];
            window.begin(() -> room.touchAsync(member));
        }
        window.drain();
    }

    private static void inBulk(ContestantTopic room, String[] names, ShuffledNames walk, int touches) {
        for (int i = 0; i < touches; i += PER_BULK) {
            room.touchAll(walk.next(names, Math.min(PER_BULK, touches - i)));
        }
    }

    /** A contestant on a server of its own. */
    private static final class Party implements AutoCloseable {
        private final String name;
        private final String[] names;
        private final MeteredServer server;
        private final ContestantTopic room;

        Party(String name, int members) {
            this.name = name;
            this.names = ShuffledNames.names(members);
            this.server = new MeteredServer(name);
            this.room = server.contestant().room("crm_navbar:live_users");
            List<String> all = Arrays.asList(names);
            for (int from = 0; from < members; from += PER_JOIN) {
                room.touchAll(all.subList(from, Math.min(members, from + PER_JOIN)));
            }
        }

        double micros(int touches, Load load) {
            return server.micros(touches, THREADS, part -> load.run(room, names, walk(part), touches / THREADS));
        }

        private ShuffledNames walk(int part) {
            return new ShuffledNames(names.length, part, THREADS);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
