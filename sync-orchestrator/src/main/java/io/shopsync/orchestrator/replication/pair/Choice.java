package io.shopsync.orchestrator.replication.pair;

import io.shopsync.contracts.ShopId;
import java.util.Optional;

/** The pairs that somebody means; what is empty leaves it open. */
public record Choice(Optional<ShopId> shop, Optional<String> physicalName, Optional<String> target) {

    /** For {@link #arguments()}. */
    static final String WHERE = """
            where (?::text is null or shop = ?) and (?::text is null or physical_name = ?)
                and (?::text is null or target = ?)
            """;

    Object[] arguments() {
        var id = shop.map(ShopId::value).orElse(null);
        var name = physicalName.orElse(null);
        var to = target.orElse(null);
        return new Object[] {id, id, name, name, to, to};
    }
}
