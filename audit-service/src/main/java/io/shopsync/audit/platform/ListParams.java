package io.shopsync.audit.platform;

import io.shopsync.contracts.ShopId;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ValueRange;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/**
 * The query parameters that every list takes. They are read as texts and checked here, because a value that the
 * framework cannot convert would be answered 404.
 */
public class ListParams {

    /** Most items of a page. */
    public static final int MOST = 10_000;

    private static final String DEFAULT_LIMIT = "100";
    private static final ValueRange YEARS = ValueRange.of(1, 9999);

    @QueryParam("from")
    @Parameter(
            description = "Not before this time (ISO 8601 with offset).",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    String from;

    @QueryParam("to")
    @Parameter(
            description = "Before this time (ISO 8601 with offset).",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    String to;

    @QueryParam("cursor")
    @Parameter(description = "The `next` of the page before; with the same filters.")
    String cursor;

    @QueryParam("limit")
    @Parameter(
            description = "Most items of the page.",
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            minimum = "1",
                            maximum = "" + MOST,
                            defaultValue = DEFAULT_LIMIT))
    String limit;

    /** The times asked for. */
    public TimeRange range() {
        return range(from, to);
    }

    /** The times that the parameters {@code from} and {@code to} say. */
    public static TimeRange range(String from, String to) {
        var range = new TimeRange(time("from", from), time("to", to));
        if (range.from().isPresent()
                && range.to().isPresent()
                && range.to().get().isBefore(range.from().get())) {
            throw invalid("to", "must not be before 'from'");
        }
        return range;
    }

    /** Most items of the page. */
    public int limit() {
        try {
            var number = Integer.parseInt(limit == null ? DEFAULT_LIMIT : limit);
            if (number >= 1 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw invalid("limit", "must be a number from 1 to " + MOST);
        }
        throw invalid("limit", "must be a number from 1 to " + MOST);
    }

    /** Where to go on. */
    public Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }

    /** The shop of that name; empty where none is given. */
    public static Optional<ShopId> shop(String field, String value) {
        try {
            return Optional.ofNullable(value).map(ShopId::new);
        } catch (IllegalArgumentException e) {
            throw invalid(field, e.getMessage());
        }
    }

    /** One of an enumeration's words, in lower case; {@code fallback} where none is given. */
    public static <E extends Enum<E>> E word(String field, String value, Class<E> words, E fallback) {
        if (value == null) {
            return fallback;
        }
        for (var word : words.getEnumConstants()) {
            if (word.name().toLowerCase(Locale.ROOT).equals(value)) {
                return word;
            }
        }
        throw invalid(
                field,
                "must be one of " + Arrays.toString(words.getEnumConstants()).toLowerCase(Locale.ROOT));
    }

    /** The problem of a query parameter that is not valid. */
    public static ProblemException invalid(String field, String message) {
        return new ProblemException(ProblemCode.INVALID_REQUEST, field + ": " + message);
    }

    private static Optional<Instant> time(String field, String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            var time = OffsetDateTime.parse(value);
            if (YEARS.isValidIntValue(time.getYear())) {
                return Optional.of(time.toInstant());
            }
        } catch (DateTimeParseException e) {
            throw notATime(field);
        }
        throw notATime(field);
    }

    private static ProblemException notATime(String field) {
        return invalid(field, "must be a time with offset, such as 2026-01-31T12:00:00Z");
    }
}
