package io.shopsync.orchestrator.replication.jobs;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.replication.pair.Direction;
import io.shopsync.orchestrator.replication.pair.PairId;
import java.util.Locale;
import java.util.Optional;

/** How the documents of our jobs are called, {@code shopsync:shop_acme_sales:standby:push}: by their pair. */
final class JobIds {

    /** Of all that are ours. */
    static final String PREFIX = "shopsync:";

    private static final int PARTS = 4;

    private JobIds() {}

    static String of(PairId pair) {
        return PREFIX
                + pair.database().physicalName()
                + ':'
                + pair.target()
                + ':'
                + pair.direction().name().toLowerCase(Locale.ROOT);
    }

    /** Of all of a shop's: no shop's name is the beginning of another's and an underscore. */
    static String prefixOf(ShopId shop) {
        return PREFIX + "shop_" + shop.value() + '_';
    }

    /** The pair; empty for what only looks like one of ours. */
    static Optional<PairId> pair(String id) {
        var parts = id.split(":", -1);
        if (!id.startsWith(PREFIX) || parts.length != PARTS) {
            return Optional.empty();
        }
        return ShopDatabase.parse(parts[1])
                .flatMap(database -> direction(parts[3]).map(it -> new PairId(database, parts[2], it)))
                .filter(pair -> of(pair).equals(id));
    }

    private static Optional<Direction> direction(String word) {
        for (var direction : Direction.values()) {
            if (direction.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(direction);
            }
        }
        return Optional.empty();
    }
}
