package io.shopsync.provisioning.shop;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.sync.SyncEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is wished for a shop and what has become of it. Commands change the wish, the orchestrator's events the rest;
 * both are pure functions here. Events must tell of the present wish: {@link SyncEventHandler} drops the others.
 *
 * @param trouble why it is not as wished
 * @param readyAt when the shop was first ready
 * @param purgeAfter for a shop that is to be gone, when its databases go
 */
public record ShopState(
        Wish wish,
        ShopStatus status,
        Optional<Trouble> trouble,
        List<DatabaseState> databases,
        Optional<Instant> readyAt,
        Optional<Instant> purgeAfter) {

    public ShopState {
        databases = List.copyOf(databases);
    }

    /** A shop that has just signed up. */
    static ShopState signedUp(Collection<DatabaseName> databases) {
        return new ShopState(
                Wish.ACTIVE,
                ShopStatus.REQUESTED,
                Optional.empty(),
                databases.stream().sorted().map(DatabaseState::requested).toList(),
                Optional.empty(),
                Optional.empty());
    }

    /** Refuses the shop's logins; empty where that is so already. */
    public Optional<ShopState> suspend() {
        return wish == Wish.ACTIVE ? Optional.of(wishing(Wish.SUSPENDED, ShopStatus.SUSPENDING)) : Optional.empty();
    }

    /** Lets a suspended shop sync again, and has one that failed tried again; empty where it is neither. */
    public Optional<ShopState> resume() {
        return wish == Wish.SUSPENDED || status == ShopStatus.FAILED
                ? Optional.of(wishing(Wish.ACTIVE, ShopStatus.PROVISIONING))
                : Optional.empty();
    }

    /** Removes the shop, its databases at {@code purgeAfter}; empty where that was wished before. */
    public Optional<ShopState> delete(Instant purgeAfter) {
        if (wish == Wish.DELETED) {
            return Optional.empty();
        }
        return Optional.of(new ShopState(
                Wish.DELETED, ShopStatus.DELETING, Optional.empty(), databases, readyAt, Optional.of(purgeAfter)));
    }

    /** The shop has new passwords, which CouchDB does not know yet. */
    public ShopState rotate() {
        return wish == Wish.ACTIVE ? wishing(Wish.ACTIVE, ShopStatus.PROVISIONING) : this;
    }

    /** The shop's databases are to be exactly these; empty where they are. */
    public Optional<ShopState> withDatabases(Set<DatabaseName> wished) {
        if (wished.equals(wishedDatabases())) {
            return Optional.empty();
        }
        var known = databases.stream().collect(Collectors.toMap(DatabaseState::name, Function.identity()));
        var merged = Stream.concat(known.keySet().stream(), wished.stream())
                .distinct()
                .sorted()
                .map(name -> merged(name, known, wished))
                .toList();
        return Optional.of(rotate().withStates(merged));
    }

    /** The state after the orchestrator has said what happened, at {@code time}. */
    ShopState after(SyncEvent event, Instant time) {
        if (status == ShopStatus.DELETED) {
            return this;
        }
        return switch (event) {
            case SyncEvent.ProvisioningStarted _ -> started();
            case SyncEvent.ShopProvisioned provisioned -> provisioned(provisioned, time);
            case SyncEvent.ProvisioningDelayed delayed ->
                troubled(
                        wish == Wish.ACTIVE ? ShopStatus.DELAYED : status,
                        new Trouble(delayed.reason(), delayed.detail(), Optional.of(delayed.retryAt())));
            case SyncEvent.ProvisioningFailed failed ->
                troubled(ShopStatus.FAILED, new Trouble(failed.reason(), failed.detail(), Optional.empty()));
            case SyncEvent.ShopSuspended _ -> wish == Wish.SUSPENDED ? wishing(wish, ShopStatus.SUSPENDED) : this;
            case SyncEvent.ShopRemoved removed -> removed(removed);
            case SyncEvent.DriftRepaired _,
                    SyncEvent.HealthChanged _,
                    SyncEvent.SyncCommanded _,
                    SyncEvent.EdgeSet _,
                    SyncEvent.EdgeRemoved _ -> this;
        };
    }

    private ShopState started() {
        // A shop that is READY can sync while something about it is repaired.
        return wish == Wish.ACTIVE && status != ShopStatus.READY ? wishing(wish, ShopStatus.PROVISIONING) : this;
    }

    private ShopState provisioned(SyncEvent.ShopProvisioned event, Instant time) {
        var made = event.databases().stream()
                .collect(Collectors.toMap(SyncEvent.DatabaseReady::name, SyncEvent.DatabaseReady::readyAt));
        var known = withStates(databases.stream()
                .filter(DatabaseState::isWished)
                .map(database ->
                        made.containsKey(database.name()) ? database.ready(made.get(database.name())) : database)
                .toList());
        return wish == Wish.ACTIVE ? known.wishing(wish, ShopStatus.READY).readyAt(time) : known;
    }

    private ShopState removed(SyncEvent.ShopRemoved event) {
        if (wish != Wish.DELETED) {
            return this;
        }
        return event.databasesPurged()
                ? wishing(wish, ShopStatus.DELETED).withStates(List.of())
                : wishing(wish, ShopStatus.DELETING);
    }

    private Set<DatabaseName> wishedDatabases() {
        return databases.stream()
                .filter(DatabaseState::isWished)
                .map(DatabaseState::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private ShopState wishing(Wish newWish, ShopStatus newStatus) {
        return new ShopState(newWish, newStatus, Optional.empty(), databases, readyAt, purgeAfter);
    }

    private ShopState troubled(ShopStatus newStatus, Trouble why) {
        return new ShopState(wish, newStatus, Optional.of(why), databases, readyAt, purgeAfter);
    }

    private ShopState withStates(List<DatabaseState> states) {
        return new ShopState(wish, status, trouble, states, readyAt, purgeAfter);
    }

    private ShopState readyAt(Instant time) {
        return new ShopState(wish, status, trouble, databases, readyAt.or(() -> Optional.of(time)), purgeAfter);
    }

    private static DatabaseState merged(
            DatabaseName name, Map<DatabaseName, DatabaseState> known, Set<DatabaseName> wished) {
        if (!wished.contains(name)) {
            return known.get(name).retiring();
        }
        return known.containsKey(name) ? known.get(name).wishedAgain() : DatabaseState.requested(name);
    }
}
