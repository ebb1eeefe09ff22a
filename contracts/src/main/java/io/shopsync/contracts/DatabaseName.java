package io.shopsync.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The logical name of one of a shop's databases, such as {@code sales}.
 *
 * @param value a letter {@code a-z}, then up to 29 letters or digits with single hyphens between them
 */
public record DatabaseName(@JsonValue String value) implements Comparable<DatabaseName> {

    /** What a database name looks like, for the constraints of request types. */
    public static final String PATTERN = "[a-z](-?[a-z0-9]){0,29}";

    // Before the catalogue: its names are checked against it.
    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    /** What a shop gets unless it asks for others. */
    public static final Set<DatabaseName> DEFAULT_CATALOGUE = Set.of(
            new DatabaseName("products"),
            new DatabaseName("sales"),
            new DatabaseName("purchases"),
            new DatabaseName("users"));

    /** @throws IllegalArgumentException where {@code value} is no database name */
    @JsonCreator
    public DatabaseName {
        Objects.requireNonNull(value, "database name");
        if (!COMPILED.matcher(value).matches()) {
            throw new IllegalArgumentException("not a database name (" + PATTERN + "): " + Quoted.of(value));
        }
    }

    /** The database as CouchDB knows it. */
    public ShopDatabase of(ShopId shop) {
        return new ShopDatabase(shop, this);
    }

    @Override
    public int compareTo(DatabaseName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
