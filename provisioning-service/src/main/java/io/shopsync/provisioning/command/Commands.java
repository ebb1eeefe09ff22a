package io.shopsync.provisioning.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.eventing.Outbox;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import io.shopsync.provisioning.credential.Credentials;
import io.shopsync.provisioning.idempotency.IdempotencyKeys;
import io.shopsync.provisioning.idempotency.RequestHash;
import io.shopsync.provisioning.platform.Events;
import io.shopsync.provisioning.platform.MetricNames;
import io.shopsync.provisioning.shop.ShopState;
import io.shopsync.provisioning.shop.Shops;
import io.shopsync.provisioning.shop.Wish;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Accepts commands: the new wish, the command and the event that makes it known are stored in one transaction, under
 * the shop's lock.
 *
 * <p>A command that asks for what is so already changes nothing and is answered with the command that made it so. Two
 * rotations of passwords are two, unless the first is still on its way or both carry the same key.
 */
@ApplicationScoped
class Commands {

    private final Shops shops;
    private final Credentials credentials;
    private final CommandStore store;
    private final IdempotencyKeys keys;
    private final Outbox outbox;
    private final Clock clock;
    private final MeterRegistry metrics;

    Commands(
            Shops shops,
            Credentials credentials,
            CommandStore store,
            IdempotencyKeys keys,
            Outbox outbox,
            Clock clock,
            MeterRegistry metrics) {
        this.shops = shops;
        this.credentials = credentials;
        this.store = store;
        this.keys = keys;
        this.outbox = outbox;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** @throws ProblemException where there is no such shop, it was deleted, or the key is taken */
    @Transactional
    public CommandView accept(ShopId shop, ShopCommand command, String caller, Optional<String> key) {
        var id = UUID.randomUUID();
        var state = shops.stateLocked(shop);
        var hash = RequestHash.of(command.kind().name(), caller, shop.value(), command.canonical());
        var first = key.flatMap(k -> keys.take(caller, k, hash, id));
        if (first.isPresent()) {
            return count(command, "repeated", store.find(shop, first.get()).orElseThrow());
        }
        if (state.wish() == Wish.DELETED && !(command instanceof ShopCommand.Delete)) {
            throw new ProblemException(ProblemCode.SHOP_DELETED, "The shop " + shop + " was deleted.");
        }
        var now = clock.instant();
        var wish = wish(shop, command, state, now);
        if (wish.isEmpty()) {
            return count(command, "repeated", alreadySo(id, shop, command, caller, now));
        }
        shops.wish(shop, wish.get().state(), id);
        outbox.publish(Events.askedBy(caller, id, now, wish.get().event()));
        var accepted = CommandEntity.pending(id, shop, command.kind(), caller, now);
        store.insert(accepted);
        return count(command, "accepted", accepted);
    }

    /** @throws ProblemException {@link ProblemCode#NOT_FOUND} */
    @Transactional
    public CommandView require(ShopId shop, UUID id) {
        return store.find(shop, id)
                .map(CommandView::of)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND, "The shop " + shop + " was given no such command."));
    }

    /** What the command makes of the shop; empty where it is so already. */
    private Optional<Wished> wish(ShopId shop, ShopCommand command, ShopState state, Instant now) {
        return switch (command) {
            case ShopCommand.Suspend suspend ->
                state.suspend().map(next -> new Wished(next, new ShopEvent.SyncDisabled(shop, suspend.reason())));
            case ShopCommand.Resume _ -> state.resume().map(next -> new Wished(next, new ShopEvent.SyncEnabled(shop)));
            case ShopCommand.ChangeDatabases change ->
                state.withDatabases(change.databases())
                        .map(next -> new Wished(next, new ShopEvent.DatabasesChanged(shop, change.databases())));
            case ShopCommand.RotateCredentials _ -> rotate(shop, state, now);
            case ShopCommand.Delete delete -> delete(shop, state, now.plus(delete.grace()));
        };
    }

    private Optional<Wished> rotate(ShopId shop, ShopState state, Instant now) {
        var underWay = store.latest(shop, CommandKind.ROTATE_CREDENTIALS)
                .filter(last -> last.outcome == CommandOutcome.PENDING);
        if (underWay.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                new Wished(state.rotate(), new ShopEvent.CredentialsRotated(shop, credentials.rotate(shop, now))));
    }

    private Optional<Wished> delete(ShopId shop, ShopState state, Instant purgeAfter) {
        var next = state.delete(purgeAfter);
        // The logins are removed for good: nobody has a use for their passwords.
        next.ifPresent(_ -> credentials.forget(shop));
        return next.map(deleted -> new Wished(deleted, new ShopEvent.Deleted(shop, purgeAfter)));
    }

    private CommandEntity alreadySo(UUID id, ShopId shop, ShopCommand command, String caller, Instant now) {
        return store.latest(shop, command.kind()).orElseGet(() -> {
            var needless = CommandEntity.needless(id, shop, command.kind(), caller, now);
            store.insert(needless);
            return needless;
        });
    }

    private CommandView count(ShopCommand command, String outcome, CommandEntity answer) {
        var name = command.kind().name().toLowerCase(Locale.ROOT);
        metrics.counter(MetricNames.COMMANDS, "command", name, "outcome", outcome)
                .increment();
        return CommandView.of(answer);
    }

    private record Wished(ShopState state, ShopEvent event) {}
}
