package io.github.presence4j.hazelcast;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.testkit.fault.TcpProxy;
import java.util.List;

/**
 * A member whose peers reach it by a way that can be cut, and whose clients by another that cannot. It notices soon that a peer is
 * gone, and that it is back.
 */
final class SplitMember implements AutoCloseable {
    private final MemberProcess process;
    private final TcpProxy way;
    private final int clientPort;

    private SplitMember(MemberProcess process, TcpProxy way, int clientPort) {
        this.process = process;
        this.way = way;
        this.clientPort = clientPort;
    }

    /** Two of one cluster. */
    static List<SplitMember> pair(String cluster) {
        int one = MemberProcess.freePort();
        int other = MemberProcess.freePort();
        TcpProxy toOne = TcpProxy.to(one);
        TcpProxy toOther = TcpProxy.to(other);
        return List.of(start(cluster, one, toOne, toOther), start(cluster, other, toOther, toOne));
    }

    private static SplitMember start(String cluster, int port, TcpProxy way, TcpProxy toPeer) {
        int clientPort = MemberProcess.freePort();
        return new SplitMember(
                MemberProcess.startSplit(cluster, port, toPeer.port(), way.port(), clientPort), way, clientPort);
    }

    /** In the JVM of the process. */
    static HazelcastInstance open(String cluster, int port, int peer, int publicPort, int clientPort) {
        Config config = HazelcastSettings.member(cluster, port, List.of(), 1);
        config.setProperty("hazelcast.logging.type", "none")
                .setProperty("hazelcast.heartbeat.interval.seconds", "1")
                .setProperty("hazelcast.max.no.heartbeat.seconds", "5")
                .setProperty("hazelcast.wait.seconds.before.join", "0")
                .setProperty("hazelcast.merge.first.run.delay.seconds", "1")
                .setProperty("hazelcast.merge.next.run.delay.seconds", "1");
        AdvancedNetworkConfig network = config.getAdvancedNetworkConfig().setEnabled(true);
        network.setMemberEndpointConfig(endpoint(port).setPublicAddress("127.0.0.1:" + publicPort));
        network.setClientEndpointConfig(endpoint(clientPort));
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(List.of("127.0.0.1:" + peer, "127.0.0.1:" + publicPort));
        return Hazelcast.newHazelcastInstance(config);
    }

    private static ServerSocketEndpointConfig endpoint(int port) {
        ServerSocketEndpointConfig endpoint = new ServerSocketEndpointConfig();
        endpoint.setPort(port).setPortAutoIncrement(false);
        endpoint.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        return endpoint;
    }

    int clientPort() {
        return clientPort;
    }

    void cut() {
        way.cut();
    }

    void heal() {
        way.heal();
    }

    @Override
    public void close() {
        process.close();
        way.close();
    }
}
