package io.shopsync.orchestrator.sync;

import io.shopsync.platform.Page;
import io.shopsync.platform.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The sync of all shops over HTTP. */
@Path("/api/v1/sync")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Sync", description = "How the sync of shops goes: devices, targets, health.")
public class SyncListResource {

    private static final String DEFAULT_LIMIT = "50";
    private static final String MAX_LIMIT = "200";

    private final SyncList list;

    SyncListResource(SyncList list) {
        this.list = list;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "listShopSync",
            summary = "How the sync of every shop goes, the worst first",
            description = "By health, then by lag, as of the last look at each. A shop whose health changes while the "
                    + "list is read may be on two pages or on none.")
    @APIResponse(responseCode = "200", description = "A page")
    @APIResponse(responseCode = "400", description = "`invalid-request`, `invalid-cursor`")
    public Page<SyncSummary> list(
            @QueryParam("limit")
                    @DefaultValue(DEFAULT_LIMIT)
                    @Pattern(
                            regexp = "[1-9][0-9]?|1[0-9][0-9]|" + MAX_LIMIT,
                            message = "must be a number from 1 to " + MAX_LIMIT)
                    @Parameter(
                            description = "How many shops at most.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = MAX_LIMIT,
                                            defaultValue = DEFAULT_LIMIT))
                    String limit,
            @QueryParam("cursor") @Parameter(description = "The `next` of the page before.") String cursor) {
        var page = list.page(Optional.ofNullable(cursor), Integer.parseInt(limit));
        return new Page<>(page.items().stream().map(SyncSummary::of).toList(), page.next());
    }
}
