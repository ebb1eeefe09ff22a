package io.shopsync.stack;

import io.shopsync.stack.process.Daemon;
import io.shopsync.stack.process.Pause;
import io.shopsync.stack.process.PortHolder;
import io.shopsync.stack.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The three services of one stack, each a process of its own that outlives this one. */
public final class Services {

    private static final Duration READY_PATIENCE = Duration.ofMinutes(3);
    private static final Duration END_PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int SHOWN_LINES = 15;

    private final Home home;
    private final StackPorts ports;
    private final ServiceCommand command;

    /**
     * @param repository where the modules were built
     * @param addresses of the infrastructure they use
     */
    public Services(Home home, Path repository, StackPorts ports, Addresses addresses) {
        this(home, repository, ports, addresses, System.getenv());
    }

    /**
     * @param repository where the modules were built
     * @param addresses of the infrastructure they use
     * @param environment names a standby CouchDB, {@code COUCHDB_STANDBY_URL}, where there is one
     */
    public Services(
            Home home, Path repository, StackPorts ports, Addresses addresses, Map<String, String> environment) {
        this(home, repository, ports, addresses, environment, Map.of());
    }

    /** @param settings environment variables of every service, besides those it needs */
    public Services(
            Home home,
            Path repository,
            StackPorts ports,
            Addresses addresses,
            Map<String, String> environment,
            Map<String, String> settings) {
        this.home = home;
        this.ports = ports;
        this.command = new ServiceCommand(home, repository, ports, addresses, environment, settings);
    }

    /** What {@link #ensure} did. */
    public enum Outcome {
        RUNS_ALREADY,
        STARTED,
        RESTARTED
    }

    /** A service's process, running or not. */
    public static Daemon daemon(Home home, Service service) {
        return new Daemon(service.module(), home.run(), home.log(service.module()));
    }

    /** Where a service's API is. */
    public URI baseUrl(Service service) {
        return command.baseUrl(service);
    }

    /**
     * Starts a service unless it runs already; one that runs an older build, or with other settings, is restarted.
     * Returns at once: see {@link #awaitReady}.
     *
     * @throws StackException where its port is taken; the message names the process
     */
    public Outcome ensure(Service service) {
        var daemon = daemon(home, service);
        var wanted = command.of(service);
        if (daemon.runs(wanted)) {
            return Outcome.RUNS_ALREADY;
        }
        boolean ran = daemon.stop(END_PATIENCE);
        requireFree(service.module(), ports.of(service), StackPorts.variable(service.name()));
        command.install(service);
        daemon.start(wanted);
        return ran ? Outcome.RESTARTED : Outcome.STARTED;
    }

    /**
     * Waits until a service says that it is ready.
     *
     * @throws StackException where it ends instead or takes too long; the message has the end of its log
     */
    public void awaitReady(Service service) {
        var daemon = daemon(home, service);
        long deadline = System.nanoTime() + READY_PATIENCE.toNanos();
        try (var client = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
            while (!isReady(client, service)) {
                if (daemon.living().isEmpty()) {
                    throw new StackException(service.module() + " ended while starting; " + endOfLog(daemon));
                }
                if (System.nanoTime() > deadline) {
                    throw new StackException(service.module() + " is not ready after " + READY_PATIENCE.toSeconds()
                            + " s; " + endOfLog(daemon));
                }
                Pause.of(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether a service answers that it is ready. */
    public boolean isReady(Service service) {
        try (var client = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
            return isReady(client, service);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends a service in peace; false where it did not run. */
    public static boolean stop(Home home, Service service) {
        return daemon(home, service).stop(END_PATIENCE);
    }

    /** The process of a service, for those who mean to {@code kill -9} it. */
    public Optional<ProcessHandle> process(Service service) {
        return daemon(home, service).living();
    }

    /** @throws StackException where somebody listens on the port; the message names the process */
    static void requireFree(String who, int port, String variable) {
        if (!Ports.isFree(port)) {
            throw new StackException("port " + port + ", which " + who + " needs, is held by "
                    + PortHolder.of(port).orElse("another process") + ": end it, or choose another port with "
                    + variable);
        }
    }

    static String endOfLog(Daemon daemon) {
        return "the end of " + daemon.log() + ":\n" + String.join("\n", daemon.lastLines(SHOWN_LINES));
    }

    private boolean isReady(HttpClient client, Service service) throws InterruptedException {
        var request = HttpRequest.newBuilder(baseUrl(service).resolve("/q/health/ready"))
                .timeout(ANSWER)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
