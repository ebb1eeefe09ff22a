package io.shopsync.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The identity of a shop, and the middle part of all its CouchDB names.
 *
 * <p>An underscore is not allowed: {@code shop_a_b_products} could otherwise belong to the shop {@code a} or
 * {@code a_b}, and a database name must be readable in one way only.
 *
 * @param value 2 to 40 letters {@code a-z} and digits, with single hyphens between them
 */
public record ShopId(@JsonValue String value) implements Comparable<ShopId> {

    /** What a shop id looks like, for the constraints of request types. */
    public static final String PATTERN = "[a-z0-9](-?[a-z0-9]){1,39}";

    /** Longest shop id: 40 letters or digits with a hyphen between each two. */
    public static final int MAX_LENGTH = 79;

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    /** @throws IllegalArgumentException where {@code value} is no shop id */
    @JsonCreator
    public ShopId {
        Objects.requireNonNull(value, "shop id");
        if (!COMPILED.matcher(value).matches()) {
            throw new IllegalArgumentException("not a shop id (" + PATTERN + "): " + Quoted.of(value));
        }
    }

    /** Reads text of unknown origin; empty where it is no shop id. */
    public static Optional<ShopId> parse(String text) {
        return COMPILED.matcher(text).matches() ? Optional.of(new ShopId(text)) : Optional.empty();
    }

    /** The CouchDB login of the shop's tills: reads and writes the shop's databases. */
    public String syncLogin() {
        return "shop_" + value + "_sync";
    }

    /** The CouchDB login of the shop's own admin tools. */
    public String adminLogin() {
        return "shop_" + value + "_admin";
    }

    /** The CouchDB role that every login of the shop holds. */
    public String role() {
        return "shop_" + value;
    }

    @Override
    public int compareTo(ShopId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
