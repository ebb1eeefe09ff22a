package io.shopsync.audit.report;

import io.shopsync.audit.platform.ListParams;
import io.shopsync.audit.platform.TimeRange;
import io.shopsync.audit.platform.Visibility;
import io.shopsync.contracts.ShopId;
import io.shopsync.platform.Problem;
import io.shopsync.platform.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reports over HTTP. */
@Path("/api/v1/reports")
@Tag(name = "reports", description = "Summaries of a period.")
@APIResponse(
        responseCode = "400",
        description = "A parameter is not valid.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER})
@RunOnVirtualThread
public class ReportsResource {

    private static final Duration DEFAULT_PERIOD = Duration.ofDays(1);

    /** A year and a day: what is longer reads more partitions than a request should. */
    private static final Duration LONGEST_PERIOD = Duration.ofDays(367);

    private final SummaryQueries summaries;
    private final Visibility visibility;
    private final Clock clock = Clock.systemUTC();

    ReportsResource(SummaryQueries summaries, Visibility visibility) {
        this.summaries = summaries;
        this.visibility = visibility;
    }

    @GET
    @Path("summary")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getSummary",
            summary = "Events, findings and provisioning times of a period, of one shop or all",
            description = "Without `to` the period ends now; without `from` it is a day long. At most 367 days.")
    public Summary summary(
            @QueryParam("shop") @Parameter(description = "Of this shop alone.") String shop,
            @QueryParam("from")
                    @Parameter(
                            description = "Not before this time (ISO 8601 with offset).",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    String from,
            @QueryParam("to")
                    @Parameter(
                            description = "Before this time (ISO 8601 with offset).",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    String to) {
        var asked = ListParams.shop("shop", shop);
        var shops = visibility.of(asked);
        var given = ListParams.range(from, to);
        var end = given.to().orElseGet(clock::instant);
        var start = given.from().orElse(end.minus(DEFAULT_PERIOD));
        requireReasonable(start, end);
        var range = new TimeRange(Optional.of(start), Optional.of(end));
        return new Summary(
                asked.map(ShopId::value),
                start,
                end,
                summaries.events(shops, range),
                summaries.findings(shops, range),
                summaries.provisioning(shops, range));
    }

    private static void requireReasonable(Instant start, Instant end) {
        if (end.isBefore(start)) {
            throw ListParams.invalid("from", "must not be in the future unless 'to' is given");
        }
        if (Duration.between(start, end).compareTo(LONGEST_PERIOD) > 0) {
            throw ListParams.invalid("from", "must not be more than " + LONGEST_PERIOD.toDays() + " days before 'to'");
        }
    }
}
