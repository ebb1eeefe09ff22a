package io.shopsync.orchestrator.replication.edge;

import io.quarkus.scheduler.Scheduled;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.changes.DatabaseUpdate;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.orchestrator.work.DatabaseQueue;
import io.shopsync.orchestrator.work.WorkKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Asks edges what has changed: nobody wakes us for them. One request an edge and turn, whatever it holds
 * ({@code _db_updates}); an edge that does not tell has each of its databases looked at instead.
 */
@ApplicationScoped
class EdgePoller {

    private static final Logger LOG = Logger.getLogger(EdgePoller.class);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 10;

    private final EdgeStore edges;
    private final EdgeServers servers;
    private final DesiredShops shops;
    private final DatabaseQueue queue;
    private final EdgeConfig config;

    EdgePoller(EdgeStore edges, EdgeServers servers, DesiredShops shops, DatabaseQueue queue, EdgeConfig config) {
        this.edges = edges;
        this.servers = servers;
        this.shops = shops;
        this.queue = queue;
        this.config = config;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void poll() {
        var due = edges.claimPolls(LEASE, config.pollsAtOnce());
        if (!due.isEmpty()) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                due.forEach(edge -> threads.execute(() -> poll(edge)));
            }
        }
    }

    private void poll(Edge edge) {
        try {
            var ours = exchanged(edge);
            var seq = ours.isEmpty() ? Optional.<String>empty() : asked(edge, ours);
            edges.polled(edge, seq, 0, config.pollEvery());
        } catch (RuntimeException e) {
            LOG.infof("the edge %s of %s cannot be asked: %s", edge.name(), edge.shop(), e.getMessage());
            edges.polled(edge, Optional.empty(), edge.pollAttempt() + 1, pause(edge.pollAttempt()));
        }
    }

    private Optional<String> asked(Edge edge, List<ShopDatabase> ours) {
        try {
            var page = servers.of(edge)
                    .ask(server -> server.updates().page(edge.polledSeq().orElse("now")));
            var changed = page.updates().stream().map(DatabaseUpdate::database).collect(Collectors.toSet());
            queue.mark(
                    WorkKind.EXCHANGE,
                    ours.stream()
                            .filter(database -> edge.polledSeq().isEmpty() || changed.contains(database.physicalName()))
                            .toList());
            return Optional.of(page.lastSeq());
        } catch (CouchException.NotFound | CouchException.Unauthorized | CouchException.Forbidden e) {
            // It keeps no such list, or not for our login.
            queue.mark(WorkKind.EXCHANGE, ours);
            return Optional.empty();
        }
    }

    private List<ShopDatabase> exchanged(Edge edge) {
        return shops.find(edge.shop())
                .map(status -> status.desired())
                .filter(shop -> shop.wanted() instanceof Wanted.Active)
                .map(shop -> edge.of(shop.catalogue().current()).stream()
                        .map(name -> name.of(edge.shop()))
                        .toList())
                .orElse(List.of());
    }

    private Duration pause(int failures) {
        var doubled = config.pollEvery().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return doubled.compareTo(config.longestPoll()) < 0 ? doubled : config.longestPoll();
    }
}
