package io.shopsync.orchestrator.replication.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A command and what became of it.
 *
 * @param shopId absent where it is about all shops
 * @param state {@code ACCEPTED}, {@code RUNNING}, {@code DONE} or {@code FAILED}
 * @param result what came of it, as far as it is done
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "SyncCommand")
public record CommandView(
        UUID id,
        String command,
        boolean mend,
        Optional<String> shopId,
        Optional<String> database,
        Optional<String> target,
        String requestedBy,
        Instant requestedAt,
        String state,
        Optional<Instant> endedAt,
        @Schema(implementation = Object.class) Optional<JsonNode> result) {

    static CommandView of(SyncCommand command) {
        var word = switch (command.kind()) {
            case SYNC, PAUSE, RESUME, RESET_CHECKPOINT ->
                command.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
            case VERIFY, MEND -> "verify";
        };
        var mend = switch (command.kind()) {
            case MEND -> true;
            case SYNC, PAUSE, RESUME, RESET_CHECKPOINT, VERIFY -> false;
        };
        return new CommandView(
                command.id(),
                word,
                mend,
                command.shop().map(ShopId::value),
                command.database().map(DatabaseName::value),
                command.target(),
                command.requestedBy(),
                command.requestedAt(),
                command.state().name(),
                command.endedAt(),
                command.result());
    }
}
