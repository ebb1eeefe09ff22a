package io.shopsync.orchestrator.replication.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent.SyncCommandKind;
import io.shopsync.orchestrator.replication.pair.Choice;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that was asked of replication.
 *
 * @param shop the one it is about; empty for all
 * @param database the one it is about; empty for all
 * @param target the one it is about; empty for all
 * @param requestedBy who asked
 * @param result what came of it, as far as it is done
 */
record SyncCommand(
        UUID id,
        Optional<ShopId> shop,
        Optional<DatabaseName> database,
        Optional<String> target,
        SyncCommandKind kind,
        String requestedBy,
        Instant requestedAt,
        State state,
        Optional<Instant> endedAt,
        Optional<JsonNode> result) {

    /** How far it is. */
    enum State {
        ACCEPTED,
        RUNNING,
        DONE,
        FAILED
    }

    /** A new one. */
    static SyncCommand asked(
            Optional<ShopId> shop,
            Optional<DatabaseName> database,
            Optional<String> target,
            SyncCommandKind kind,
            String by) {
        return new SyncCommand(
                UUID.randomUUID(),
                shop,
                database,
                target,
                kind,
                by,
                Instant.now(),
                State.ACCEPTED,
                Optional.empty(),
                Optional.empty());
    }

    /** The pairs it is about. */
    Choice choice() {
        return new Choice(
                shop, shop.flatMap(it -> database.map(name -> name.of(it).physicalName())), target);
    }
}
