package io.shopsync.orchestrator.proof;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.document.LeafRevision;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.couchdb.CouchConfig;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.desired.ShopStatus;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.orchestrator.desired.WorkQueue;
import io.shopsync.orchestrator.isolation.CompleteScan;
import io.shopsync.orchestrator.isolation.IsolationConfig;
import io.shopsync.orchestrator.proof.Report.DatabasePart;
import io.shopsync.orchestrator.proof.Report.Deviation;
import io.shopsync.orchestrator.proof.Report.LoginPart;
import io.shopsync.orchestrator.proof.Report.ShopPart;
import io.shopsync.orchestrator.proof.matrix.Attempts;
import io.shopsync.orchestrator.proof.matrix.Cell;
import io.shopsync.orchestrator.proof.matrix.Login;
import io.shopsync.orchestrator.proof.matrix.Matrix;
import io.shopsync.orchestrator.proof.matrix.Target;
import io.shopsync.orchestrator.proof.matrix.Who;
import io.shopsync.orchestrator.reconcile.ShopStates;
import io.shopsync.orchestrator.reconcile.Step;
import io.shopsync.orchestrator.security.Guard;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at all there is to the isolation of one shop. Its data are read and never changed: writes that CouchDB should
 * refuse are tried on its databases only while their rules are found to stand, and taken away again should one get
 * through; what would last is tried on a twin.
 */
@ApplicationScoped
class ShopInspection {

    private final Couch couch;
    private final DesiredShops shops;
    private final WorkQueue reconcile;
    private final ShopStates states;
    private final CompleteScan scan;
    private final Litter litter;
    private final String quarantine;
    private final Matrix matrix;

    ShopInspection(
            Couch couch,
            CouchConfig config,
            IsolationConfig isolation,
            DesiredShops shops,
            WorkQueue reconcile,
            ShopStates states,
            CompleteScan scan,
            Litter litter) {
        this.couch = couch;
        this.shops = shops;
        this.reconcile = reconcile;
        this.states = states;
        this.scan = scan;
        this.litter = litter;
        this.quarantine = isolation.quarantineDatabase();
        this.matrix = new Matrix(URI.create(config.url()));
    }

    @PreDestroy
    void close() {
        matrix.close();
    }

    /** Before the first shop: the quarantine comes to be with its first document, and must be there to be refused. */
    void prepare() {
        couch.ask(server -> server.database(quarantine).create(1));
    }

    ShopResult inspect(Check check, ShopId shop, Optional<ShopId> other) {
        var desired = shops.find(shop).map(ShopStatus::desired);
        if (desired.isEmpty() || desired.get().wanted() instanceof Wanted.Deleted) {
            return gone(shop);
        }
        var differences = states.differences(desired.get());
        var databases = desired.get().databases().stream()
                .map(database -> look(database, differences))
                .toList();
        var logins = desired.get().logins().stream()
                .map(key -> new LoginPart(key.login(), isAsWished(key.login(), differences)))
                .toList();
        if (!differences.isEmpty()) {
            reconcile.ask(shop);
        }
        try {
            var cells = attempts(check, desired.get(), other, databases);
            return new Findings(shop, other, databases, logins, cells).result();
        } finally {
            litter.clear(check, shop);
        }
    }

    private static ShopResult gone(ShopId shop) {
        var part = new ShopPart(
                shop,
                Optional.empty(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                Verdict.ISOLATED,
                List.of(),
                List.of(),
                List.of(),
                Optional.of("The shop was deleted; it was not looked at."));
        return new ShopResult(part, List.of());
    }

    private DatabasePart look(ShopDatabase database, List<Step> differences) {
        var steps = differences.stream()
                .filter(step ->
                        step instanceof Step.OnDatabase on && on.database().equals(database))
                .toList();
        var missing = steps.stream().anyMatch(Step.CreateDatabase.class::isInstance);
        var found = missing ? new CompleteScan.Found(0, 0, 0) : scan.look(database);
        return new DatabasePart(
                database.physicalName(),
                !missing,
                steps.stream().noneMatch(Step.SecureDatabase.class::isInstance),
                steps.stream().noneMatch(Step.InstallGuard.class::isInstance),
                found.documents(),
                found.foreign(),
                found.foreignLocal());
    }

    private static boolean isAsWished(String login, List<Step> differences) {
        return differences.stream()
                .noneMatch(step -> step instanceof Step.OnLogin on && on.login().equals(login));
    }

    private List<Cell> attempts(
            Check check, DesiredShop desired, Optional<ShopId> other, List<DatabasePart> databases) {
        var shop = desired.shop();
        var logins = litter.logins(check, shop, other);
        var cells = new ArrayList<Cell>();
        for (var database : databases) {
            if (database.exists()) {
                var open = desired.wanted() instanceof Wanted.Active
                        && desired.catalogue().current().stream()
                                .anyMatch(name -> name.of(shop).physicalName().equals(database.database()));
                var target = target(check, shop, database.database(), open, "");
                cells.addAll(matrix.run(Attempts.READING, logins, target, _ -> {}));
                if (database.securityAsWished() && database.guardAsWished()) {
                    cells.addAll(matrix.run(Attempts.SMUGGLING, logins, target, this::takeAway));
                }
            }
        }
        cells.addAll(onTwin(check, shop, logins));
        return cells;
    }

    private List<Cell> onTwin(Check check, ShopId shop, Map<Who, Login> logins) {
        var twin = litter.twin(check, shop);
        var guard = couch.ask(server -> server.database(twin).documents().get(Guard.ID))
                .orElseThrow()
                .path("_rev")
                .asText();
        var target = target(check, shop, twin, true, guard);
        var cells = new ArrayList<>(matrix.run(Attempts.SERVER, logins, target, _ -> {}));
        cells.addAll(matrix.run(Attempts.SMUGGLING, logins, target, _ -> {}));
        cells.addAll(matrix.run(Attempts.CHANGING, logins, target, _ -> {}));
        return cells;
    }

    private Target target(Check check, ShopId shop, String database, boolean open, String guard) {
        return new Target(shop, database, open, "shopsync-check-" + check.id(), guard, quarantine);
    }

    /** Without a trace, before anything else is tried. */
    private void takeAway(Cell breach) {
        couch.ask(server -> {
            var database = server.database(breach.target().database());
            var document = breach.target().document();
            var leaves = database.documents().leaves(document, false).stream()
                    .map(LeafRevision::rev)
                    .toList();
            return leaves.isEmpty() ? Map.of() : database.bulk().purge(Map.of(document, leaves));
        });
    }

    /** Puts together what was found about one shop. */
    private record Findings(
            ShopId shop,
            Optional<ShopId> other,
            List<DatabasePart> databases,
            List<LoginPart> logins,
            List<Cell> cells) {

        ShopResult result() {
            var deviations = cells.stream()
                    .filter(cell -> !cell.asExpected())
                    .map(cell -> new Deviation(
                            cell.target().database(),
                            cell.attempt().name(),
                            cell.who(),
                            cell.expected(),
                            cell.outcome(),
                            cell.status()))
                    .toList();
            var part = new ShopPart(
                    shop,
                    other,
                    Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    verdict(),
                    databases,
                    logins,
                    deviations,
                    Optional.empty());
            return new ShopResult(part, Tallies.of(cells));
        }

        private Verdict verdict() {
            if (cells.stream().anyMatch(Cell::isBreach)
                    || !databases.stream().allMatch(DatabasePart::clean)
                    || !logins.stream().allMatch(LoginPart::asWished)) {
                return Verdict.VIOLATED;
            }
            // A login that did not get in where it should says nothing about those that should not.
            return cells.stream().allMatch(Cell::asExpected) ? Verdict.ISOLATED : Verdict.UNCLEAR;
        }
    }
}
