package io.shopsync.audit.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.shopsync.audit.platform.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A measurement of one shop at one time.
 *
 * @param database logical name of the database that was measured, where it was one
 * @param data the measured values, a JSON object
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Sample(
        Instant time,
        String shop,
        String type,
        Optional<String> database,
        UUID id,
        @JsonRawValue @Schema(type = SchemaType.OBJECT) String data) {

    static final String COLUMNS = "id, time, shop, type, database, data";

    static Sample of(ResultSet row) throws SQLException {
        return new Sample(
                Columns.instant(row, "time"),
                row.getString("shop"),
                row.getString("type"),
                Columns.text(row, "database"),
                row.getObject("id", UUID.class),
                row.getString("data"));
    }
}
