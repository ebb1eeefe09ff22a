package io.shopsync.orchestrator.isolation;

import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.platform.Params;
import io.shopsync.platform.Caller;
import io.shopsync.platform.Page;
import io.shopsync.platform.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The quarantine over HTTP. */
@Path("/api/v1/quarantine")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Quarantine", description = "Documents that were found where they do not belong. Bodies are never shown.")
public class QuarantineResource {

    private static final String UUID_PATTERN = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final String UUID_RULE = "must be the id of a quarantined document";

    private final QuarantineDesk desk;
    private final Jdbc jdbc;
    private final Caller caller;

    QuarantineResource(QuarantineDesk desk, Jdbc jdbc, Caller caller) {
        this.desk = desk;
        this.jdbc = jdbc;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "listQuarantine", summary = "Quarantined documents, the latest found first")
    @APIResponse(responseCode = "200", description = "A page")
    public Page<QuarantineView> list(
            @BeanParam QuarantineFilter filter,
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
        return filter.select()
                .latestFirst(
                        jdbc,
                        row -> QuarantineView.of(QuarantineDecisions.entry(row)),
                        "found_at",
                        Optional.ofNullable(cursor),
                        Params.limit(limit),
                        QuarantineView::foundAt,
                        QuarantineView::id);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "getQuarantined", summary = "Where a document was found, and what became of it")
    @APIResponse(responseCode = "200", description = "The document, without its body")
    @APIResponse(responseCode = "404", description = "`not-found`")
    public QuarantineView get(@PathParam("id") @Pattern(regexp = UUID_PATTERN, message = UUID_RULE) String id) {
        return QuarantineView.of(desk.entry(UUID.fromString(id)));
    }

    @POST
    @Path("/{id}/release")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "releaseQuarantined",
            summary = "Writes a document to the shop it belongs to, or back to where it was",
            description = "All its leaf revisions in quarantine that carry the same shop's id go along, with their "
                    + "attachments. A document of the same id that is there by now stays: CouchDB keeps both as a "
                    + "conflict. A document that goes `back` gets the shop's id. Repeating it changes nothing.")
    @APIResponse(responseCode = "200", description = "It is released")
    @APIResponse(responseCode = "404", description = "`not-found`")
    @APIResponse(
            responseCode = "409",
            description = "`conflict`: it may not be released so, or no longer; `detail` says why")
    @APIResponse(
            responseCode = "503",
            description = "`unavailable`: CouchDB is away; what is noted is carried out later")
    public QuarantineView release(
            @PathParam("id") @Pattern(regexp = UUID_PATTERN, message = UUID_RULE) String id,
            @NotNull @Valid ReleaseRequest request) {
        return QuarantineView.of(desk.release(UUID.fromString(id), request.to(), caller.name()));
    }

    @POST
    @Path("/{id}/discard")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(operationId = "discardQuarantined", summary = "Deletes the copy of a document for good")
    @APIResponse(responseCode = "200", description = "It is gone")
    @APIResponse(responseCode = "404", description = "`not-found`")
    @APIResponse(responseCode = "409", description = "`conflict`: it was released, or is still being removed")
    @APIResponse(
            responseCode = "503",
            description = "`unavailable`: CouchDB is away; what is noted is carried out later")
    public QuarantineView discard(
            @PathParam("id") @Pattern(regexp = UUID_PATTERN, message = UUID_RULE) String id,
            @NotNull @Valid DiscardRequest request) {
        return QuarantineView.of(desk.discard(UUID.fromString(id), request.reason(), caller.name()));
    }
}
