package io.shopsync.audit.metric;

import io.shopsync.audit.platform.ListParams;
import io.shopsync.audit.platform.Visibility;
import io.shopsync.platform.Problem;
import io.shopsync.platform.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How a shop's sync fared over HTTP. */
@Path("/api/v1/shops/{id}/sync-metrics")
@Tag(name = "samples", description = "Measurements of one shop, kept for a while.")
@APIResponse(
        responseCode = "400",
        description = "A parameter is not valid.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER})
@RunOnVirtualThread
public class SyncMetricsResource {

    private static final Duration DEFAULT_PERIOD = Duration.ofDays(1);
    private static final String DEFAULT_STEP = "PT15M";
    private static final Duration SHORTEST_STEP = Duration.ofMinutes(1);

    /** What is more is no picture any more. */
    private static final int MOST_STEPS = 1_000;

    private final SyncSeriesQueries series;
    private final Visibility visibility;
    private final Clock clock = Clock.systemUTC();

    SyncMetricsResource(SyncSeriesQueries series, Visibility visibility) {
        this.series = series;
        this.visibility = visibility;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getSyncMetrics",
            summary = "How a shop's sync fared in a period: replication by target, and devices, in steps of time",
            description = "Without `to` the period ends now; without `from` it is a day long. At most 1,000 steps.")
    public SyncSeries metrics(
            @PathParam("id") String id,
            @QueryParam("database") @Parameter(description = "Of this database alone.") String database,
            @QueryParam("from")
                    @Parameter(
                            description = "Not before this time (ISO 8601 with offset).",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    String from,
            @QueryParam("to")
                    @Parameter(
                            description = "Before this time (ISO 8601 with offset).",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    String to,
            @QueryParam("step")
                    @Parameter(
                            description = "Length of a step (ISO 8601), a minute or more.",
                            schema =
                                    @Schema(type = SchemaType.STRING, format = "duration", defaultValue = DEFAULT_STEP))
                    String step) {
        var shop = visibility.require(id);
        var given = ListParams.range(from, to);
        var end = given.to().orElseGet(clock::instant);
        var start = given.from().orElse(end.minus(DEFAULT_PERIOD));
        var length = step(step == null ? DEFAULT_STEP : step);
        requireReasonable(start, end, length);
        var name = Optional.ofNullable(database).map(SamplesResource::databaseName);
        return new SyncSeries(
                start,
                end,
                length.toString(),
                series.replication(shop, name, start, end, length),
                series.devices(shop, name, start, end, length));
    }

    private static Duration step(String text) {
        try {
            var step = Duration.parse(text);
            if (step.compareTo(SHORTEST_STEP) >= 0 && step.equals(Duration.ofSeconds(step.toSeconds()))) {
                return step;
            }
        } catch (DateTimeParseException e) {
            throw notAStep();
        }
        throw notAStep();
    }

    private static RuntimeException notAStep() {
        return ListParams.invalid("step", "must be a duration of a minute or more in whole seconds, such as PT5M");
    }

    private static void requireReasonable(Instant start, Instant end, Duration step) {
        if (end.isBefore(start)) {
            throw ListParams.invalid("from", "must not be in the future unless 'to' is given");
        }
        if (Duration.between(start, end).dividedBy(step) > MOST_STEPS) {
            throw ListParams.invalid(
                    "step", "must be longer: the period has more than " + MOST_STEPS + " steps of " + step);
        }
    }
}
