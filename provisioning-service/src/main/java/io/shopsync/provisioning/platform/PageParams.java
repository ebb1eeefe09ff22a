package io.shopsync.provisioning.platform;

import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/**
 * Which part of a list is asked for. Parameters are read as texts and checked here: one that JAX-RS cannot convert
 * would be answered 404.
 */
public class PageParams {

    private static final String DEFAULT_LIMIT = "50";
    private static final String MAX_LIMIT = "200";

    @QueryParam("limit")
    @DefaultValue(DEFAULT_LIMIT)
    @Pattern(regexp = "[1-9][0-9]?|1[0-9][0-9]|" + MAX_LIMIT, message = "must be a number from 1 to " + MAX_LIMIT)
    @Parameter(
            description = "How many items at most.",
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            minimum = "1",
                            maximum = MAX_LIMIT,
                            defaultValue = DEFAULT_LIMIT))
    String limit;

    @QueryParam("cursor")
    @Parameter(description = "The `next` of the page before.")
    String cursor;

    /** How many items at most. */
    public int limit() {
        return Integer.parseInt(limit);
    }

    /** Where to go on. */
    public Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }
}
