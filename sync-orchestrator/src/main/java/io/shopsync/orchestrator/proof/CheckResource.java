package io.shopsync.orchestrator.proof;

import io.shopsync.orchestrator.platform.Params;
import io.shopsync.platform.Caller;
import io.shopsync.platform.Page;
import io.shopsync.platform.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Checks of isolation over HTTP. */
@Path("/api/v1/isolation-checks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Isolation checks", description = "Proofs of isolation on demand, with signed reports.")
public class CheckResource {

    private final CheckRequests checks;
    private final CheckStore store;
    private final Caller caller;

    CheckResource(CheckRequests checks, CheckStore store, Caller caller) {
        this.checks = checks;
        this.store = store;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(operationId = "checkIsolation", summary = "Proves the isolation of every shop that syncs")
    @APIResponse(responseCode = "202", description = "It is noted; follow it at `Location`")
    public RestResponse<CheckView> checkAll() {
        return accepted(checks.ofAll(caller.name()));
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "listIsolationChecks", summary = "Checks, the latest first")
    @APIResponse(responseCode = "200", description = "A page")
    public Page<CheckView> list(
            @QueryParam("shop") @Parameter(description = "Of this shop alone.") String shop,
            @QueryParam("cursor") @Parameter(description = "The `next` of the page before; with the same filters.")
                    String cursor,
            @QueryParam("limit")
                    @Parameter(
                            description = "Most items of the page.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "" + Params.MOST,
                                            defaultValue = Params.USUAL))
                    String limit) {
        var page = store.latestFirst(Params.shop("shop", shop), Optional.ofNullable(cursor), Params.limit(limit));
        return new Page<>(page.items().stream().map(CheckView::of).toList(), page.next());
    }

    @GET
    @Path("/{checkId}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "getIsolationCheck", summary = "How far a check is, and what it came to")
    @APIResponse(responseCode = "200", description = "The check")
    @APIResponse(responseCode = "404", description = "`not-found`")
    public CheckView get(
            @PathParam("checkId") @Pattern(regexp = ReportResource.UUID_PATTERN, message = ReportResource.UUID_RULE)
                    String id) {
        return CheckView.of(checks.find(UUID.fromString(id)));
    }

    static RestResponse<CheckView> accepted(Check check) {
        return ResponseBuilder.<CheckView>accepted(CheckView.of(check))
                .location(URI.create("/api/v1/isolation-checks/" + check.id()))
                .build();
    }
}
