package io.shopsync.contracts.sync;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.Event;
import io.shopsync.contracts.EventType;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What happened to a shop in CouchDB. */
public sealed interface SyncEvent extends Event {

    @Override
    default Topic topic() {
        return Topic.SYNC_EVENTS;
    }

    /** The orchestrator began to make CouchDB match a wish. */
    @EventType("shopsync.sync.provisioning-started.v1")
    record ProvisioningStarted(ShopId shop) implements SyncEvent {}

    /** CouchDB matches the wish: tills can sync. */
    @EventType("shopsync.sync.shop-provisioned.v1")
    record ShopProvisioned(ShopId shop, List<DatabaseReady> databases) implements SyncEvent {
        public ShopProvisioned {
            databases = List.copyOf(databases);
        }
    }

    /** A step failed for a passing reason and is tried again by itself. */
    @EventType("shopsync.sync.provisioning-delayed.v1")
    record ProvisioningDelayed(ShopId shop, ReasonCode reason, String detail, int attempt, Instant retryAt)
            implements SyncEvent {}

    /** A step failed for a reason that repeating does not mend. */
    @EventType("shopsync.sync.provisioning-failed.v1")
    record ProvisioningFailed(ShopId shop, ReasonCode reason, String detail) implements SyncEvent {}

    /** CouchDB holds nothing of the shop that it should not: its logins, then its databases, are gone. */
    @EventType("shopsync.sync.shop-removed.v1")
    record ShopRemoved(ShopId shop, boolean databasesPurged) implements SyncEvent {}

    /** CouchDB matches a suspension: the shop's logins are refused. */
    @EventType("shopsync.sync.shop-suspended.v1")
    record ShopSuspended(ShopId shop) implements SyncEvent {}

    /**
     * CouchDB did not match what it had once been made to match, and was put right.
     *
     * @param place which CouchDB, where it is not the one that the shop lives in
     */
    @EventType("shopsync.sync.drift-repaired.v1")
    record DriftRepaired(ShopId shop, List<Repair> repairs, Optional<RepairPlace> place) implements SyncEvent {
        public DriftRepaired {
            repairs = List.copyOf(repairs);
        }
    }

    /**
     * The sync of a shop became better or worse.
     *
     * @param reason why it is as it is now
     * @param databases those that it is about, logical names; none where the shop recovered
     */
    @EventType("shopsync.sync.health-changed.v1")
    record HealthChanged(
            ShopId shop, SyncHealth before, SyncHealth now, HealthReason reason, List<DatabaseName> databases)
            implements SyncEvent {
        public HealthChanged {
            databases = List.copyOf(databases);
        }
    }

    /**
     * Somebody asked something of the shop's replication.
     *
     * @param command the request's id, by which it is followed
     * @param database the one it is about; empty for all of the shop's
     * @param target the one it is about; empty for all
     */
    @EventType("shopsync.sync.sync-commanded.v1")
    record SyncCommanded(
            ShopId shop, UUID command, SyncCommandKind kind, Optional<DatabaseName> database, Optional<String> target)
            implements SyncEvent {}

    /**
     * A CouchDB of the shop's own was set or changed.
     *
     * @param edge its name
     * @param databases those that are exchanged; empty for all
     */
    @EventType("shopsync.sync.edge-set.v1")
    record EdgeSet(ShopId shop, String edge, String url, EdgeDirection direction, Set<DatabaseName> databases)
            implements SyncEvent {
        public EdgeSet {
            databases = Set.copyOf(databases);
        }
    }

    /** A CouchDB of the shop's own is asked no more. */
    @EventType("shopsync.sync.edge-removed.v1")
    record EdgeRemoved(ShopId shop, String edge) implements SyncEvent {}

    /** Which way documents go between our CouchDB and an edge. */
    enum EdgeDirection {
        /** To the edge. */
        PUSH,
        /** From the edge. */
        PULL,
        /** Both ways. */
        BOTH
    }

    /** What may be asked of replication. */
    enum SyncCommandKind {
        /** To run now. */
        SYNC,
        /** Not to run until further notice. */
        PAUSE,
        /** To run again. */
        RESUME,
        /** To begin from the start. */
        RESET_CHECKPOINT,
        /** To compare source and target. */
        VERIFY,
        /** To compare them and to copy what is missing. */
        MEND
    }

    /**
     * One thing that was put right.
     *
     * @param kind what was done
     * @param target physical name of the database, the login, or the document of the replication job
     */
    record Repair(RepairKind kind, String target) {}

    /** A CouchDB other than the one that the shop lives in. */
    enum RepairPlace {
        /** The one on which every shop is kept. */
        STANDBY
    }

    /** What was done to put a shop right. */
    enum RepairKind {
        /** A database was missing and made anew, empty. */
        DATABASE_CREATED,
        /** The guard was missing or changed. */
        GUARD_INSTALLED,
        /** The {@code _security} was another. */
        SECURITY_SET,
        /** The {@code _revs_limit} was another. */
        REVISIONS_LIMIT_SET,
        /** A login was missing, or had other roles or another key. */
        LOGIN_WRITTEN,
        /** A login was there that should not be. */
        LOGIN_REMOVED,
        /** A database was there that should not be. */
        DATABASE_DROPPED,
        /** A job of CouchDB's replicator was missing, or copied something else or to somewhere else. */
        REPLICATION_JOB_WRITTEN
    }

    /** One database as it was made. */
    record DatabaseReady(DatabaseName name, String physicalName, Instant readyAt) {}
}
