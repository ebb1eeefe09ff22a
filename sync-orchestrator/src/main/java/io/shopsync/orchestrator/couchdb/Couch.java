package io.shopsync.orchestrator.couchdb;

import io.quarkus.runtime.ShutdownEvent;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.CouchOptions;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Credentials;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The CouchDB of this service, for all that ask it anything: no more requests at once than it is worth, and none while
 * it is away.
 */
@ApplicationScoped
public class Couch {

    private static final Logger LOG = Logger.getLogger(Couch.class);

    private final CouchConfig config;
    private final String name;
    private final Consumer<CouchServer> need;
    private final Runnable returned;
    private final CouchServer server;
    private final Semaphore permits;
    private final Gate gate;
    private final CountDownLatch stopping = new CountDownLatch(1);

    @Inject
    Couch(CouchConfig config, Event<CouchReturned> returned) {
        this(config, "CouchDB", options(config), Couch::requireAdmin, () -> returned.fire(new CouchReturned()));
    }

    private Couch(
            CouchConfig config, String name, CouchOptions options, Consumer<CouchServer> need, Runnable returned) {
        this.config = config;
        this.need = need;
        this.name = name;
        this.returned = returned;
        this.server = CouchServer.connect(options);
        this.permits = new Semaphore(config.maxRequests());
        this.gate = new Gate(config.failuresToShut());
    }

    /**
     * The same way to another CouchDB, within the same limits.
     *
     * @param name for people, in the log
     * @param limits all that is not where it is and who asks
     * @param need asks for what every request to it needs, and throws where that is not so
     */
    public static Couch at(String name, CouchOptions options, CouchConfig limits, Consumer<CouchServer> need) {
        return new Couch(limits, name, options, need, () -> {});
    }

    /**
     * The server itself, for a row of requests that is bounded in another way; {@link #tell} is to hear what fails.
     *
     * @throws CouchUnavailable where CouchDB is known to be away
     */
    public CouchServer server() {
        passGate();
        return server;
    }

    /** Where it is. */
    public URI url() {
        return server.options().url();
    }

    /** A request to {@link #server()} failed. */
    public void tell(CouchException failure) {
        if (gate.failed(failure)) {
            LOG.warnf("%s is away, everything that needs it waits: %s", name, failure.getMessage());
            Thread.ofVirtual().name("couchdb-probe").start(this::probeUntilBack);
        }
    }

    /** A request to {@link #server()} was answered. */
    public void answered() {
        gate.answered();
    }

    /**
     * Asks CouchDB as server admin, when it is this request's turn.
     *
     * @throws CouchException what CouchDB answered instead
     * @throws CouchUnavailable where CouchDB is known to be away, without asking
     */
    public <T> T ask(Function<CouchServer, T> request) {
        passGate();
        permits.acquireUninterruptibly();
        try {
            // Whoever waited for a turn may find that CouchDB has gone meanwhile.
            passGate();
            var answer = request.apply(server);
            gate.answered();
            return answer;
        } catch (CouchException e) {
            tell(e);
            throw e;
        } finally {
            permits.release();
        }
    }

    /** Whether a failed request may have failed for what was in it, so that a part of it deserves a request of its own. */
    public static boolean faultOfOneRequest(RuntimeException failure) {
        return failure instanceof CouchException answer
                && !CouchReason.of(answer).away();
    }

    /** Why CouchDB is not asked at present; empty where it is. */
    public Optional<CouchUnavailable> away() {
        return gate.shut();
    }

    /** The longest until it is known that a CouchDB that was away is back. */
    public Duration longestProbe() {
        return config.longestProbe();
    }

    /** How many requests are in flight. */
    public int inFlight() {
        return config.maxRequests() - permits.availablePermits();
    }

    /**
     * Asks for what every step needs: that CouchDB answers, takes us for a server admin and has its logins' database.
     *
     * @throws CouchException where it is not so
     * @throws IllegalStateException where there is no {@code _users}
     */
    void probe() {
        need.accept(server);
    }

    /** Fails unless the server takes us for an admin and has its logins' database. */
    public static void requireAdmin(CouchServer server) {
        if (!server.databaseInfos(List.of("_users")).containsKey("_users")) {
            throw new IllegalStateException("CouchDB has no database _users; set it up as a single node or cluster");
        }
    }

    void stop(@Observes ShutdownEvent event) {
        close();
    }

    /** Ends the search for a CouchDB that is away. */
    public void close() {
        stopping.countDown();
    }

    private void passGate() {
        gate.shut().ifPresent(away -> {
            throw away;
        });
    }

    private void probeUntilBack() {
        var pause = config.firstProbe();
        try {
            while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    probe();
                    gate.open();
                    LOG.infof("%s is back", name);
                    returned.run();
                    return;
                } catch (CouchException e) {
                    gate.stayShut(e);
                } catch (IllegalStateException e) {
                    LOG.error(e.getMessage());
                }
                var doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(config.longestProbe()) < 0 ? doubled : config.longestProbe();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static CouchOptions options(CouchConfig config) {
        var defaults = CouchOptions.of(config.url());
        return new CouchOptions(
                URI.create(config.url()),
                Credentials.basic(config.username(), config.password()),
                config.connectTimeout(),
                config.requestTimeout(),
                defaults.idleTimeout(),
                defaults.heartbeat());
    }
}
