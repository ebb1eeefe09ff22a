package io.shopsync.orchestrator.replication.command;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.eventing.Outbox;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Takes commands in, together with the events that tell of them. */
@ApplicationScoped
class Commands {

    /** Of a command's id. */
    static final String ID_PATTERN = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private static final String SOURCE = "/sync-orchestrator/replication";

    private final CommandStore store;
    private final Outbox outbox;
    private final DesiredShops shops;
    private final Event<Accepted> accepted;

    Commands(CommandStore store, Outbox outbox, DesiredShops shops, Event<Accepted> accepted) {
        this.store = store;
        this.outbox = outbox;
        this.shops = shops;
        this.accepted = accepted;
    }

    /** A command was taken in; observed after the transaction's success. */
    record Accepted(UUID id) {}

    /** Takes a command in; each shop that it is about is told of it. */
    @Transactional
    public void accept(SyncCommand command) {
        store.add(command);
        outbox.publish(about(command).stream()
                .map(shop -> Envelope.of(
                                SOURCE,
                                command.requestedAt(),
                                new SyncEvent.SyncCommanded(
                                        shop, command.id(), command.kind(), command.database(), command.target()))
                        .askedBy(command.requestedBy()))
                .toList());
        accepted.fire(new Accepted(command.id()));
    }

    /**
     * A command about exactly this shop, or about all.
     *
     * @throws ProblemException {@link ProblemCode#NOT_FOUND}
     */
    CommandView view(UUID id, Optional<ShopId> shop) {
        return store.find(id)
                .filter(command -> command.shop().equals(shop))
                .map(CommandView::of)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such command."));
    }

    private List<ShopId> about(SyncCommand command) {
        return command.shop().map(List::of).orElseGet(shops::notPurged);
    }
}
