package io.shopsync.orchestrator.platform;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ValueRange;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads query parameters, each empty where it is not given.
 *
 * <p>Every method throws a {@link ProblemException} of {@link ProblemCode#INVALID_REQUEST} that names the parameter.
 */
public final class Params {

    /** Most items of a page. */
    public static final int MOST = 1_000;

    /** Items of a page unless another number is asked for. */
    public static final String USUAL = "100";

    private static final ValueRange YEARS = ValueRange.of(1, 9999);

    private Params() {}

    /** A shop's id. */
    public static Optional<ShopId> shop(String name, String value) {
        try {
            return Optional.ofNullable(value).map(ShopId::new);
        } catch (IllegalArgumentException e) {
            throw invalid(name, e.getMessage());
        }
    }

    /** The name of one of a shop's databases. */
    public static Optional<DatabaseName> database(String name, String value) {
        try {
            return Optional.ofNullable(value).map(DatabaseName::new);
        } catch (IllegalArgumentException e) {
            throw invalid(name, e.getMessage());
        }
    }

    /** A time with offset, of a year that Postgres knows. */
    public static Optional<Instant> time(String name, String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            var time = OffsetDateTime.parse(value);
            if (YEARS.isValidIntValue(time.getYear())) {
                return Optional.of(time.toInstant());
            }
        } catch (DateTimeParseException e) {
            throw notATime(name);
        }
        throw notATime(name);
    }

    /** How many items a page is to have. */
    public static int limit(String value) {
        try {
            var number = Integer.parseInt(value == null ? USUAL : value);
            if (number >= 1 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw notALimit();
        }
        throw notALimit();
    }

    /** One of an enumeration's names. */
    public static <E extends Enum<E>> E word(String name, String value, Class<E> words) {
        return Arrays.stream(words.getEnumConstants())
                .filter(word -> word.name().equals(value))
                .findFirst()
                .orElseThrow(() -> invalid(name, "must be one of " + Arrays.toString(words.getEnumConstants())));
    }

    /** The problem of a parameter that is not valid. */
    public static ProblemException invalid(String name, String message) {
        return new ProblemException(ProblemCode.INVALID_REQUEST, name + ": " + message);
    }

    private static ProblemException notATime(String name) {
        return invalid(name, "must be a time with offset, such as 2026-01-31T12:00:00Z");
    }

    private static ProblemException notALimit() {
        return invalid("limit", "must be a number from 1 to " + MOST);
    }
}
