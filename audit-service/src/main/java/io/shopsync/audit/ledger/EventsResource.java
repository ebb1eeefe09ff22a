package io.shopsync.audit.ledger;

import io.shopsync.audit.platform.CsvPages;
import io.shopsync.audit.platform.ListParams;
import io.shopsync.audit.platform.TimeOrder;
import io.shopsync.audit.platform.Visibility;
import io.shopsync.platform.Page;
import io.shopsync.platform.Problem;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import io.shopsync.platform.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The ledger over HTTP. */
@Path("/api/v1/events")
@Tag(name = "events", description = "What happened: the append-only ledger.")
@APIResponse(
        responseCode = "400",
        description = "A parameter is not valid.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER})
@RunOnVirtualThread
public class EventsResource {

    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    private final LedgerQueries ledger;
    private final Visibility visibility;

    EventsResource(LedgerQueries ledger, Visibility visibility) {
        this.ledger = ledger;
        this.visibility = visibility;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, CsvPages.MEDIA_TYPE})
    @Operation(
            operationId = "listEvents",
            summary = "Events by shop, type and time, newest first",
            description = "An owner without `shop` sees the events of all the shops that the token names.")
    public Page<RecordedEvent> list(
            @QueryParam("shop") @Parameter(description = "Of this shop alone.") String shop,
            @QueryParam("type") @Parameter(description = "Of this type alone; may be given more than once.")
                    List<String> types,
            @QueryParam("order")
                    @Parameter(
                            description = "`desc`: newest first; `asc`: oldest first.",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"desc", "asc"},
                                            defaultValue = "desc"))
                    String order,
            @BeanParam ListParams params) {
        types.forEach(EventsResource::requireType);
        var filter = new EventFilter(visibility.of(ListParams.shop("shop", shop)), types, params.range());
        return ledger.page(
                filter,
                ListParams.word("order", order, TimeOrder.class, TimeOrder.DESC),
                params.cursor(),
                params.limit());
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getEvent", summary = "One event, such as the cause of another")
    public RecordedEvent get(@PathParam("id") @Schema(format = "uuid") String id) {
        return ledger.byId(parse(id))
                .filter(event -> visibility.includes(event.shop()))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such event."));
    }

    private static UUID parse(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw ListParams.invalid("id", "must be a UUID");
        }
    }

    private static void requireType(String type) {
        if (!TYPE.matcher(type).matches()) {
            throw ListParams.invalid("type", "must be an event type, such as shopsync.shop.created.v1");
        }
    }
}
