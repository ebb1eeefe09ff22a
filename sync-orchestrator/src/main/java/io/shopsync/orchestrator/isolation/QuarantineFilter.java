package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.orchestrator.platform.Params;
import io.shopsync.orchestrator.platform.Select;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which quarantined documents are asked for. Texts are checked here: what the framework cannot convert would be a 404. */
class QuarantineFilter {

    @QueryParam("shop")
    @Parameter(description = "Found in a database of this shop.")
    String shop;

    @QueryParam("database")
    @Parameter(description = "Found in the database of this name, such as `sales`.")
    String database;

    @QueryParam("kind")
    @Parameter(description = "Of this id in the catalogue of findings alone; may be given more than once.")
    List<String> kinds;

    @QueryParam("state")
    @Parameter(
            description = "In this state alone; may be given more than once. `SETTLED` awaits a decision.",
            schema = @Schema(type = SchemaType.ARRAY, implementation = QuarantineState.class))
    List<String> states;

    @QueryParam("from")
    @Parameter(
            description = "Found not before this time (ISO 8601 with offset).",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    String from;

    @QueryParam("to")
    @Parameter(
            description = "Found before this time (ISO 8601 with offset).",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    String to;

    Select select() {
        var select = new Select("select * from quarantined_document");
        Params.shop("shop", shop).ifPresent(it -> select.and("shop = ?", it.value()));
        // Neither part of a physical name holds an underscore.
        Params.database("database", database)
                .ifPresent(it -> select.and("split_part(physical_name, '_', 3) = ?", it.value()));
        select.in(
                "finding",
                kinds.stream().map(QuarantineFilter::kind).map(FindingKind::id).toList());
        select.in(
                "state",
                states.stream().map(QuarantineFilter::state).map(Enum::name).toList());
        Params.time("from", from).ifPresent(it -> select.and("found_at >= ?", it));
        Params.time("to", to).ifPresent(it -> select.and("found_at < ?", it));
        return select;
    }

    private static FindingKind kind(String id) {
        return Arrays.stream(FindingKind.values())
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Params.invalid("kind", "must be an id of the catalogue, such as ISO-010"));
    }

    private static QuarantineState state(String name) {
        return Params.word("state", name, QuarantineState.class);
    }
}
