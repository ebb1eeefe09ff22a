package io.shopsync.provisioning.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shopsync.contracts.ShopId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A command and what has become of it.
 *
 * @param id also the id of the event in the ledger
 * @param requestedBy whose token asked for it
 */
@Schema(name = "Command")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record CommandView(
        UUID id,
        ShopId shopId,
        CommandKind command,
        CommandOutcome outcome,
        String requestedBy,
        Instant requestedAt,
        Optional<Instant> finishedAt) {

    static CommandView of(CommandEntity command) {
        return new CommandView(
                command.id,
                new ShopId(command.shopId),
                command.kind,
                command.outcome,
                command.actor,
                command.requestedAt,
                Optional.ofNullable(command.finishedAt));
    }
}
