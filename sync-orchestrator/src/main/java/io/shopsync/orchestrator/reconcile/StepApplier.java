package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.database.CreateOutcome;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.couchdb.CouchConfig;
import io.shopsync.orchestrator.security.Guard;
import io.shopsync.orchestrator.security.SecurityPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Takes the steps of a plan: logins that must go first of all, so that a shop is locked out before anything else is
 * touched; then databases side by side, each in the plan's order, and new logins beside them.
 */
@ApplicationScoped
class StepApplier {

    private final Couch couch;
    private final LoginStore logins;
    private final SecurityPolicy policy;
    private final int q;
    private final ReconcileMetrics metrics;

    StepApplier(Couch couch, LoginStore logins, SecurityPolicy policy, CouchConfig config, ReconcileMetrics metrics) {
        this.couch = couch;
        this.logins = logins;
        this.policy = policy;
        this.q = config.q();
        this.metrics = metrics;
    }

    /**
     * Takes all steps it can: a failure on one database leaves the others alone.
     *
     * @return when each database that had steps was done
     * @throws RuntimeException the failure to act on, see {@link Failure#toActOn}
     */
    Map<ShopDatabase, Instant> apply(List<Step> steps) {
        var removals = new ArrayList<Step.OnLogin>();
        var writes = new ArrayList<Step.OnLogin>();
        var databases = new LinkedHashMap<ShopDatabase, List<Step.OnDatabase>>();
        for (var step : steps) {
            switch (step) {
                case Step.RemoveLogin remove -> removals.add(remove);
                case Step.PutLogin put -> writes.add(put);
                case Step.OnDatabase on ->
                    databases
                            .computeIfAbsent(on.database(), _ -> new ArrayList<>())
                            .add(on);
            }
        }
        write(removals);
        var done = new ConcurrentHashMap<ShopDatabase, Instant>();
        var tasks = new ArrayList<Runnable>(databases.size() + 1);
        tasks.add(() -> write(writes));
        databases.forEach((database, row) -> tasks.add(() -> {
            inOrder(database, row);
            done.put(database, Instant.now());
        }));
        Parallel.all(tasks.stream().map(Executors::callable).toList());
        return done;
    }

    private void write(List<Step.OnLogin> steps) {
        if (!steps.isEmpty()) {
            logins.write(steps);
            steps.forEach(metrics::taken);
        }
    }

    private void inOrder(ShopDatabase database, List<Step.OnDatabase> row) {
        for (var step : row) {
            take(database, step);
            metrics.taken(step);
        }
    }

    private void take(ShopDatabase database, Step.OnDatabase step) {
        switch (step) {
            case Step.CreateDatabase _ -> create(database);
            case Step.InstallGuard install -> {
                var guard = policy.guard().documentFor(database.shop());
                install.replaces().ifPresent(revision -> guard.put("_rev", revision));
                on(database, it -> it.documents().put(Guard.ID, guard));
            }
            case Step.SecureDatabase secure ->
                on(database, it -> {
                    it.putSecurity(secure.wanted());
                    return null;
                });
            case Step.LimitRevisions limit ->
                on(database, it -> {
                    it.putRevisionsLimit(limit.limit());
                    return null;
                });
            case Step.DropDatabase _ -> on(database, Database::delete);
        }
    }

    private void create(ShopDatabase database) {
        if (on(database, it -> it.create(q)) == CreateOutcome.EXISTED) {
            // It holds we know not what: the plan for a new database does not fit it.
            throw new DatabaseExists(database);
        }
    }

    private <T> T on(ShopDatabase database, Function<Database, T> request) {
        return couch.ask(server -> request.apply(server.database(database.physicalName())));
    }
}
