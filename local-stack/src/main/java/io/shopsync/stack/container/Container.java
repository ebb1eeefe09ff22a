package io.shopsync.stack.container;

import com.github.dockerjava.api.DockerClient;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A server in a container. It keeps its data and its port, one of the loopback interface, over a stop and a start. */
public final class Container implements AutoCloseable {

    /** Says where servers that we start come from. */
    public static final String PROPERTY = "shopsync.stack";

    private final GenericContainer<?> container;

    /**
     * Not started yet.
     *
     * @param inside the port that the server listens on in its container
     */
    public Container(String image, int port, int inside, Map<String, String> environment) {
        container = new GenericContainer<>(DockerImageName.parse(image))
                .withExposedPorts(inside)
                .withEnv(environment);
        container.setPortBindings(List.of("127.0.0.1:%d:%d".formatted(port, inside)));
    }

    /**
     * Whether servers are to run in containers: {@code -Dshopsync.stack=containers}. Without it they run on this machine.
     *
     * @throws IllegalStateException where the property has another value than {@code containers} or {@code local}
     */
    public static boolean wanted() {
        return switch (System.getProperty(PROPERTY, "local")) {
            case "containers" -> true;
            case "local" -> false;
            case String other ->
                throw new IllegalStateException(PROPERTY + " is 'local' or 'containers', not '" + other + "'");
        };
    }

    /** Runs this instead of the image's own command. */
    public Container command(String... parts) {
        container.setCommand(parts);
        return this;
    }

    /** Puts a file into the container before it starts. */
    public Container file(String path, String text) {
        container.withCopyToContainer(Transferable.of(text), path);
        return this;
    }

    /**
     * Starts (again) after {@link #stop()}.
     *
     * @throws IllegalStateException where no container engine answers
     */
    public void start() {
        if (container.getContainerId() == null) {
            container.start();
        } else {
            engine().startContainerCmd(container.getContainerId()).exec();
        }
    }

    /** Whether the server in it runs. */
    public boolean isRunning() {
        return container.isRunning();
    }

    /** Stops the server as its engine does at a shutdown, and keeps its data. */
    public void stop() {
        if (container.isRunning()) {
            engine().stopContainerCmd(container.getContainerId()).exec();
        }
    }

    /** Removes the container and its data. */
    @Override
    public void close() {
        container.stop();
    }

    private static DockerClient engine() {
        return DockerClientFactory.instance().client();
    }
}
