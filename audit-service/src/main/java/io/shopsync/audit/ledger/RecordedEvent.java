package io.shopsync.audit.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.shopsync.audit.platform.Columns;
import io.shopsync.audit.platform.TimeCursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An event as the ledger has it.
 *
 * @param cause the id of the event that led to this one
 * @param actor who asked for it; absent for the system itself
 * @param recordedAt when the ledger took it
 * @param data the event's own members, a JSON object
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Event")
public record RecordedEvent(
        Instant time,
        String shop,
        String type,
        Optional<String> actor,
        UUID id,
        Optional<UUID> cause,
        String source,
        String topic,
        Instant recordedAt,
        @JsonRawValue @Schema(type = SchemaType.OBJECT) String data) {

    static final String COLUMNS = "id, time, shop, type, topic, source, cause, actor, data, recorded_at";

    static RecordedEvent of(ResultSet row) throws SQLException {
        return new RecordedEvent(
                Columns.instant(row, "time"),
                row.getString("shop"),
                row.getString("type"),
                Columns.text(row, "actor"),
                row.getObject("id", UUID.class),
                Columns.uuid(row, "cause"),
                row.getString("source"),
                row.getString("topic"),
                Columns.instant(row, "recorded_at"),
                row.getString("data"));
    }

    TimeCursor position() {
        return new TimeCursor(time, id);
    }
}
