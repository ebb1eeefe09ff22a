package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.contracts.sync.SyncEvent.DatabaseReady;
import io.shopsync.contracts.sync.SyncEvent.Repair;
import io.shopsync.contracts.sync.SyncEvent.RepairKind;
import io.shopsync.contracts.sync.SyncEvent.RepairPlace;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.desired.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the reconcile tells the world, as events that name the wish as their cause. */
final class Reports {

    private static final String SOURCE = "/sync-orchestrator";

    private Reports() {}

    static Envelope<?> started(DesiredShop desired, Instant now) {
        return of(
                new SyncEvent.ProvisioningStarted(desired.shop()),
                desired.wish().event(),
                now);
    }

    /** CouchDB matches the wish. {@code readyAt} names the databases that were worked on; the others were right before. */
    static Envelope<?> settled(DesiredShop desired, boolean purged, Map<ShopDatabase, Instant> readyAt, Instant now) {
        var shop = desired.shop();
        var event = switch (desired.wanted()) {
            case Wanted.Active _ -> new SyncEvent.ShopProvisioned(shop, databases(desired, readyAt, now));
            case Wanted.Suspended _ -> new SyncEvent.ShopSuspended(shop);
            case Wanted.Deleted _ -> new SyncEvent.ShopRemoved(shop, purged);
        };
        return of(event, desired.wish().event(), now);
    }

    static Envelope<?> delayed(ShopId shop, UUID cause, Failure failure, int attempt, Instant retryAt, Instant now) {
        var event =
                new SyncEvent.ProvisioningDelayed(shop, failure.reason().code(), failure.detail(), attempt, retryAt);
        return of(event, cause, now);
    }

    static Envelope<?> failed(DesiredShop desired, Failure failure, Instant now) {
        var event = new SyncEvent.ProvisioningFailed(
                desired.shop(), failure.reason().code(), failure.detail());
        return of(event, desired.wish().event(), now);
    }

    static Envelope<?> repaired(
            DesiredShop desired, Optional<RepairPlace> place, List<Difference> differences, Instant now) {
        var event = new SyncEvent.DriftRepaired(
                desired.shop(),
                differences.stream()
                        .map(it -> new Repair(it.repair(), it.target()))
                        .toList(),
                place);
        return of(event, desired.wish().event(), now);
    }

    private static Envelope<?> of(SyncEvent event, UUID cause, Instant now) {
        return Envelope.of(SOURCE, now, event).causedBy(cause);
    }

    private static List<DatabaseReady> databases(DesiredShop desired, Map<ShopDatabase, Instant> readyAt, Instant now) {
        return desired.catalogue().current().stream()
                .map(name -> name.of(desired.shop()))
                .map(database -> new DatabaseReady(
                        database.name(), database.physicalName(), readyAt.getOrDefault(database, now)))
                .toList();
    }

    static Repair repair(Step step) {
        return switch (step) {
            case Step.CreateDatabase on -> repair(RepairKind.DATABASE_CREATED, on);
            case Step.InstallGuard on -> repair(RepairKind.GUARD_INSTALLED, on);
            case Step.SecureDatabase on -> repair(RepairKind.SECURITY_SET, on);
            case Step.LimitRevisions on -> repair(RepairKind.REVISIONS_LIMIT_SET, on);
            case Step.DropDatabase on -> repair(RepairKind.DATABASE_DROPPED, on);
            case Step.PutLogin on -> new Repair(RepairKind.LOGIN_WRITTEN, on.login());
            case Step.RemoveLogin on -> new Repair(RepairKind.LOGIN_REMOVED, on.login());
        };
    }

    private static Repair repair(RepairKind kind, Step.OnDatabase step) {
        return new Repair(kind, step.database().physicalName());
    }
}
