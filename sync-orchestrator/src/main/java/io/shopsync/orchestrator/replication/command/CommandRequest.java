package io.shopsync.orchestrator.replication.command;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent.SyncCommandKind;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What is asked of replication.
 *
 * @param database the logical name of the one it is about; absent for all
 * @param target {@code standby} or the name of an edge; absent for all
 * @param mend with {@code verify}: whether to copy what the target lacks
 */
@Schema(name = "SyncCommandRequest")
record CommandRequest(
        @NotNull @Schema(required = true, examples = "sync") Command command,

        @Pattern(regexp = DatabaseName.PATTERN, message = "must be a database name") @Schema(examples = "sales")
        String database,

        @Pattern(regexp = DatabaseName.PATTERN, message = "must be 'standby' or the name of an edge")
        @Schema(examples = "standby")
        String target,

        Boolean mend) {

    /** The words of the interface. */
    @Schema(enumeration = {"sync", "pause", "resume", "reset-checkpoint", "verify"})
    enum Command {
        SYNC,
        PAUSE,
        RESUME,
        RESET_CHECKPOINT,
        VERIFY;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @JsonCreator
        static Command of(String word) {
            return Arrays.stream(values())
                    .filter(it -> it.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no such command"));
        }
    }

    /**
     * The command.
     *
     * @param shop empty for all
     * @throws ProblemException where it asks for what is not possible
     */
    SyncCommand by(String caller, Optional<ShopId> shop) {
        if (mends() && command != Command.VERIFY) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, "Only 'verify' mends.");
        }
        return SyncCommand.asked(shop, databaseName(), Optional.ofNullable(target), kind(), caller);
    }

    private boolean mends() {
        return Boolean.TRUE.equals(mend);
    }

    private SyncCommandKind kind() {
        return switch (command) {
            case SYNC -> SyncCommandKind.SYNC;
            case PAUSE -> SyncCommandKind.PAUSE;
            case RESUME -> SyncCommandKind.RESUME;
            case RESET_CHECKPOINT -> SyncCommandKind.RESET_CHECKPOINT;
            case VERIFY -> mends() ? SyncCommandKind.MEND : SyncCommandKind.VERIFY;
        };
    }

    Optional<DatabaseName> databaseName() {
        return Optional.ofNullable(database).map(DatabaseName::new);
    }
}
