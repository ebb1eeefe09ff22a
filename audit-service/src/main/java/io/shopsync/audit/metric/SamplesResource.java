package io.shopsync.audit.metric;

import io.shopsync.audit.platform.CsvPages;
import io.shopsync.audit.platform.Database;
import io.shopsync.audit.platform.ListParams;
import io.shopsync.audit.platform.Select;
import io.shopsync.audit.platform.TimeCursor;
import io.shopsync.audit.platform.TimeOrder;
import io.shopsync.audit.platform.Visibility;
import io.shopsync.contracts.DatabaseName;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A shop's samples over HTTP. */
@Path("/api/v1/shops/{id}/samples")
@Tag(name = "samples", description = "Measurements of one shop, kept for a while.")
@APIResponse(
        responseCode = "400",
        description = "A parameter is not valid.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER})
@RunOnVirtualThread
public class SamplesResource {

    private static final String SELECT = "select " + Sample.COLUMNS + " from metric_sample";

    private final Database database;
    private final Visibility visibility;

    SamplesResource(Database database, Visibility visibility) {
        this.database = database;
        this.visibility = visibility;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, CsvPages.MEDIA_TYPE})
    @Operation(operationId = "listSamples", summary = "A shop's measurements by database and time, newest first")
    public Page<Sample> list(
            @PathParam("id") String id,
            @QueryParam("database") @Parameter(description = "Of this database alone.") String name,
            @BeanParam ListParams params) {
        var select = new Select(SELECT)
                .and("shop = ?", visibility.require(id).value())
                .within("time", params.range());
        if (name != null) {
            select.and("database = ?", databaseName(name).value());
        }
        params.cursor().map(TimeCursor::decode).ifPresent(position -> TimeOrder.DESC.after(select, position));
        TimeOrder.DESC.page(select, params.limit() + 1);
        return Page.of(
                database.query(connection -> select.list(connection, Sample::of)),
                params.limit(),
                sample -> new TimeCursor(sample.time(), sample.id()).cursor());
    }

    static DatabaseName databaseName(String name) {
        try {
            return new DatabaseName(name);
        } catch (IllegalArgumentException e) {
            throw ListParams.invalid("database", e.getMessage());
        }
    }
}
