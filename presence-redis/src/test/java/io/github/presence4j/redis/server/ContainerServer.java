package io.github.presence4j.redis.server;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A server in a container, as most people run one in their tests. */
public final class ContainerServer implements AutoCloseable {
    /** The system property that names the image, one of Redis or Valkey. */
    public static final String PROPERTY = "presence.test.redis.image";

    private static final int PORT = 6379;

    private final GenericContainer<?> container;

    private ContainerServer(GenericContainer<?> container) {
        this.container = container;
    }

    /** Starts the image that the system property names, which need not have a shell. */
    public static ContainerServer start() {
        DockerImageName image = DockerImageName.parse(System.getProperty(PROPERTY, "redis:7.0-local"));
        GenericContainer<?> container = new GenericContainer<>(image);
        container.withExposedPorts(PORT).waitingFor(Wait.forLogMessage(".*Ready to accept connections.*\\n", 1));
        try {
            container.start();
            return new ContainerServer(container);
        } catch (RuntimeException | Error e) {
            container.stop();
            throw e;
        }
    }

    /** Where a client connects to. */
    public String uri() {
        return "redis://" + container.getHost() + ":" + container.getMappedPort(PORT);
    }

    @Override
    public void close() {
        container.stop();
    }
}
