package io.shopsync.audit.timeline;

import io.shopsync.audit.platform.ListParams;
import io.shopsync.audit.platform.TimeOrder;
import io.shopsync.audit.platform.Visibility;
import io.shopsync.platform.Page;
import io.shopsync.platform.Problem;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A shop's story over HTTP. */
@Path("/api/v1/shops/{id}/timeline")
@Tag(name = "timeline", description = "The story of one shop.")
@APIResponse(
        responseCode = "400",
        description = "A parameter is not valid.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER})
@RunOnVirtualThread
public class TimelineResource {

    private final Timeline timeline;
    private final Visibility visibility;

    TimelineResource(Timeline timeline, Visibility visibility) {
        this.timeline = timeline;
        this.visibility = visibility;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @Operation(
            operationId = "getTimeline",
            summary = "What happened to a shop, in sentences, with causes and durations; oldest first",
            description = "As `text/plain` it is a line an event, to be read in a terminal.")
    public Page<TimelineEntry> get(
            @PathParam("id") String id,
            @QueryParam("order")
                    @Parameter(
                            description = "`asc`: oldest first; `desc`: newest first.",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"asc", "desc"},
                                            defaultValue = "asc"))
                    String order,
            @BeanParam ListParams params) {
        return timeline.of(
                visibility.require(id),
                params.range(),
                ListParams.word("order", order, TimeOrder.class, TimeOrder.ASC),
                params.cursor(),
                params.limit());
    }
}
