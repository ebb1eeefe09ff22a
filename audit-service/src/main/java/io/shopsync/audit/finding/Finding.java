package io.shopsync.audit.finding;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.audit.intake.IncomingEvent;
import io.shopsync.audit.platform.Columns;
import io.shopsync.contracts.isolation.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One violation.
 *
 * @param shop whose isolation it concerns
 * @param kind its id in the catalogue
 * @param database physical name of the database, where there is one
 * @param documentId where a document is concerned
 * @param revision of that document
 * @param foundShopId the {@code shopId} the document carried, where it carried one
 * @param actor who did it, where known
 * @param action what was done about it
 * @param quarantineId where the copy is, for a quarantined document
 * @param id of the event in the ledger that told of it
 * @param cause the id of the event that led to it
 * @param details what else an operator needs, a JSON object of texts
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Finding(
        Instant time,
        String shop,
        String kind,
        Severity severity,
        Optional<String> database,
        Optional<String> documentId,
        Optional<String> revision,
        Optional<String> foundShopId,
        Optional<String> actor,
        String action,
        Optional<String> quarantineId,
        UUID id,
        Optional<UUID> cause,
        @JsonRawValue @Schema(type = SchemaType.OBJECT) String details) {

    /** What a part of a finding is called that the event does not tell. */
    static final String UNKNOWN = "unknown";

    static final String COLUMNS = "id, time, shop, kind, severity, database, document_id, revision, found_shop, actor,"
            + " action, quarantine_id, details, cause";

    /**
     * Reads the event of a violation, forgivingly: a newer publisher may know kinds that we do not, and a violation
     * that is not understood is still one. What cannot be graded is graded worst.
     */
    static Finding from(IncomingEvent event) {
        var data = event.data();
        return new Finding(
                event.time(),
                event.shop().value(),
                text(data, "finding").orElse(UNKNOWN),
                text(data, "severity").flatMap(Finding::severity).orElse(Severity.CRITICAL),
                text(data, "database"),
                text(data, "documentId"),
                text(data, "revision"),
                text(data, "foundShopId"),
                text(data, "actor"),
                text(data, "action").orElse(UNKNOWN),
                text(data, "quarantineId"),
                event.id(),
                event.cause(),
                data.get("details") instanceof ObjectNode details ? details.toString() : "{}");
    }

    static Finding of(ResultSet row) throws SQLException {
        return new Finding(
                Columns.instant(row, "time"),
                row.getString("shop"),
                row.getString("kind"),
                Severity.valueOf(row.getString("severity")),
                Columns.text(row, "database"),
                Columns.text(row, "document_id"),
                Columns.text(row, "revision"),
                Columns.text(row, "found_shop"),
                Columns.text(row, "actor"),
                row.getString("action"),
                Columns.text(row, "quarantine_id"),
                row.getObject("id", UUID.class),
                Columns.uuid(row, "cause"),
                row.getString("details"));
    }

    private static Optional<String> text(JsonNode data, String member) {
        return Optional.ofNullable(data.get(member)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private static Optional<Severity> severity(String word) {
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.name().equals(word))
                .findFirst();
    }
}
