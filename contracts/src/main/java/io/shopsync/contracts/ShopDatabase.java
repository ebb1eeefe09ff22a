package io.shopsync.contracts;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One database of one shop. Its physical name {@code shop_{shopId}_{database}} can be read back in one way only,
 * because neither part holds an underscore.
 */
public record ShopDatabase(ShopId shop, DatabaseName name) {

    /** How every physical database name of a shop begins. */
    public static final String PREFIX = "shop_";

    private static final Pattern PHYSICAL =
            Pattern.compile(PREFIX + "(?<shop>" + ShopId.PATTERN + ")_(?<name>" + DatabaseName.PATTERN + ")");

    public ShopDatabase {
        Objects.requireNonNull(shop, "shop");
        Objects.requireNonNull(name, "name");
    }

    /** The name of the database in CouchDB. */
    public String physicalName() {
        return PREFIX + shop.value() + '_' + name.value();
    }

    /** Reads a physical name back; empty where no shop can own a database of that name. */
    public static Optional<ShopDatabase> parse(String physicalName) {
        var matcher = PHYSICAL.matcher(physicalName);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new ShopDatabase(new ShopId(matcher.group("shop")), new DatabaseName(matcher.group("name"))));
    }

    @Override
    public String toString() {
        return physicalName();
    }
}
