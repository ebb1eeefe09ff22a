package io.shopsync.orchestrator.replication.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.ReplicationReason;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.desired.ShopStatus;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.orchestrator.replication.engine.Engines;
import io.shopsync.orchestrator.replication.engine.Obstacle;
import io.shopsync.orchestrator.replication.engine.PairRuns;
import io.shopsync.orchestrator.replication.engine.Pauses;
import io.shopsync.orchestrator.replication.engine.Remote;
import io.shopsync.orchestrator.replication.engine.Way;
import io.shopsync.orchestrator.replication.engine.Ways;
import io.shopsync.orchestrator.replication.pair.Direction;
import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.RunEnd;
import io.shopsync.orchestrator.replication.protocol.Side;
import io.shopsync.orchestrator.security.Guard;
import io.shopsync.orchestrator.security.SecurityPolicy;
import io.shopsync.orchestrator.work.DatabaseClaim;
import io.shopsync.orchestrator.work.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Exchanges a database with the edges of its shop, one after the other; one that is away does not stop the others. */
@ApplicationScoped
public class EdgeWork implements Ways {

    private static final Logger LOG = Logger.getLogger(EdgeWork.class);

    private final DesiredShops shops;
    private final EdgeStore edges;
    private final EdgeServers servers;
    private final EdgePreparation preparation;
    private final Couch primary;
    private final Engines engines;
    private final PairRuns runs;
    private final Pauses pauses;
    private final SecurityPolicy policy;

    EdgeWork(
            DesiredShops shops,
            EdgeStore edges,
            EdgeServers servers,
            EdgePreparation preparation,
            Couch primary,
            Engines engines,
            PairRuns runs,
            Pauses pauses,
            SecurityPolicy policy) {
        this.shops = shops;
        this.edges = edges;
        this.servers = servers;
        this.preparation = preparation;
        this.primary = primary;
        this.engines = engines;
        this.runs = runs;
        this.pauses = pauses;
        this.policy = policy;
    }

    /** Does what the database is due for. A shop that may not sync does not sync with its edges either. */
    public WorkOutcome exchange(DatabaseClaim claim) {
        var database = claim.database();
        var open = shops.find(database.shop()).filter(status -> open(status, database));
        if (open.isEmpty()) {
            engines.halt(edges.of(database.shop()).stream()
                    .flatMap(edge -> pairs(edge, database).stream())
                    .toList());
            return new WorkOutcome.Done();
        }
        var outcomes = new ArrayList<WorkOutcome>();
        for (var edge : edges.of(database.shop())) {
            if (edge.exchanges(database.name())) {
                pairs(edge, database)
                        .forEach(pair -> outcomes.add(runs.run(pair, engines.ofEdges(), it -> copied(edge, it))));
            }
        }
        return soonest(outcomes);
    }

    @Override
    public Optional<Way> of(PairId pair) {
        return edges.find(pair.database().shop(), pair.target()).map(edge -> way(edge, pair));
    }

    private static boolean open(ShopStatus status, ShopDatabase database) {
        return status.desired().wanted() instanceof Wanted.Active
                && status.desired().catalogue().current().contains(database.name());
    }

    private static List<PairId> pairs(Edge edge, ShopDatabase database) {
        var pairs = new ArrayList<PairId>(2);
        if (edge.pushes()) {
            pairs.add(new PairId(database, edge.name(), Direction.PUSH));
        }
        if (edge.pulls()) {
            pairs.add(new PairId(database, edge.name(), Direction.PULL));
        }
        return pairs;
    }

    private RunEnd copied(Edge edge, Pair pair) {
        var side = pair.id().direction() == Direction.PUSH ? Side.TARGET : Side.SOURCE;
        try {
            var way = way(edge, pair.id());
            if (edge.pushes()) {
                preparation.prepare(edge, servers.of(edge), pair.id().database());
            }
            var end = engines.ofEdges().run(way, pair);
            if (end.reason().filter(ReplicationReason.TARGET_MISSING::equals).isPresent()) {
                preparation.doubt(edge, pair.id().database());
            }
            return end;
        } catch (AddressNotAllowed e) {
            return pauses.failed(new Obstacle(ReplicationReason.TARGET_NOT_ALLOWED, e.getMessage()), pair.attempt());
        } catch (RuntimeException e) {
            LOG.infof("%s: %s", pair.id(), e.getMessage());
            return pauses.failed(Obstacle.of(side, e), pair.attempt());
        }
    }

    private Way way(Edge edge, PairId pair) {
        var name = pair.database().physicalName();
        var there = new Remote(servers.of(edge), name);
        var here = new Remote(primary, name);
        return switch (pair.direction()) {
            case PUSH -> new Way(pair, here, there, Optional.of(selector(edge.shop())));
            case PULL -> new Way(pair, there, here, Optional.of(selector(edge.shop())));
        };
    }

    /** What is the shop's. A bare deletion says of nobody whose it is; where guards let it pass, so does this. */
    private JsonNode selector(ShopId shop) {
        var own = JsonNodeFactory.instance.objectNode().put("shopId", shop.value());
        if (policy.guard().deletions() == Guard.Deletions.MARKED) {
            return own;
        }
        var selector = JsonNodeFactory.instance.objectNode();
        selector.putArray("$or").add(own).addObject().put("_deleted", true);
        return selector;
    }

    /** More work now, else the soonest of the retries, else nothing. */
    private static WorkOutcome soonest(List<WorkOutcome> outcomes) {
        if (outcomes.stream().anyMatch(WorkOutcome.More.class::isInstance)) {
            return new WorkOutcome.More();
        }
        return outcomes.stream()
                .filter(WorkOutcome.Later.class::isInstance)
                .map(outcome -> ((WorkOutcome.Later) outcome).in())
                .min(Duration::compareTo)
                .<WorkOutcome>map(WorkOutcome.Later::new)
                .orElseGet(WorkOutcome.Done::new);
    }
}
