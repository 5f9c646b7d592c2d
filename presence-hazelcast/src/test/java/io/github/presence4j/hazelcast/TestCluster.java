package io.github.presence4j.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The cluster that the tests of a class share. */
final class TestCluster implements BeforeAllCallback, AfterAllCallback {
    private final Supplier<Running> start;
    private @Nullable Running running;

    /**
     * Members or clients that run.
     *
     * @param node the one that is used
     * @param peer another one
     * @param closing what is to be ended, in this order
     */
    record Running(HazelcastInstance node, HazelcastInstance peer, List<AutoCloseable> closing) {
        void end() {
            for (AutoCloseable ending : closing) {
                try {
                    ending.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    TestCluster(Supplier<Running> start) {
        this.start = start;
    }

    /** In this JVM. */
    static Running members(int count) {
        String name = anyName();
        int port = MemberProcess.freePort();
        List<HazelcastInstance> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HazelcastInstance member = member(name, port, port);
            TestClock.install(member);
            members.add(member);
        }
        return new Running(
                members.get(0),
                members.get(count - 1),
                members.stream().map(TestCluster::ending).toList());
    }

    /** A client, of members that each are in a JVM of their own. */
    static Running clientOf(int count) {
        String name = anyName();
        List<MemberProcess> members = MemberProcess.start(name, count);
        HazelcastInstance client = HazelcastClient.newHazelcastClient(
                client(name, List.of("127.0.0.1:" + members.get(0).port()), Duration.ofSeconds(2)));
        List<AutoCloseable> closing = new ArrayList<>(List.of(ending(client)));
        closing.addAll(members);
        return new Running(client, client, closing);
    }

    static HazelcastInstance member(String name, int port, int first) {
        Config config = HazelcastSettings.member(name, port, List.of("127.0.0.1:" + first), 1);
        config.setProperty("hazelcast.logging.type", "none");
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        return Hazelcast.newHazelcastInstance(config);
    }

    /** A client that is there once it is made. */
    static ClientConfig client(String name, List<String> addresses, Duration timeout) {
        ClientConfig config = HazelcastSettings.client(name, addresses, timeout);
        config.getConnectionStrategyConfig().setAsyncStart(false);
        config.setProperty("hazelcast.logging.type", "none");
        return config;
    }

    /** What replaces this is not in Hazelcast 5.5, where it is deprecated; in 5.7 it is to be removed. */
    @SuppressWarnings({"deprecation", "removal"})
    static void talkToOneMember(ClientConfig config) {
        config.getNetworkConfig().setSmartRouting(false);
    }

    private static AutoCloseable ending(HazelcastInstance instance) {
        return () -> instance.getLifecycleService().terminate();
    }

    static String anyName() {
        return "test " + UUID.randomUUID();
    }

    HazelcastFixture fixture() {
        return fixture(1);
    }

    HazelcastFixture fixture(int topicShards) {
        Running now = running();
        return new HazelcastFixture(now.node(), now.peer(), topicShards);
    }

    Running running() {
        if (running == null) {
            throw new IllegalStateException("Not started");
        }
        return running;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = start.get();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        running().end();
    }
}
