package io.shopsync.audit.ledger;

import io.shopsync.audit.platform.Select;
import io.shopsync.audit.platform.TimeRange;
import io.shopsync.contracts.ShopId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which events are asked for.
 *
 * @param shops of these shops; empty for all there are
 * @param types of these types; an empty list for all
 */
public record EventFilter(Optional<Set<ShopId>> shops, List<String> types, TimeRange range) {

    public EventFilter {
        types = List.copyOf(types);
    }

    Select applyTo(Select select) {
        shops.ifPresent(some -> {
            // One shop by equality: only then does the shop's index give the order too.
            if (some.size() == 1) {
                select.and("shop = ?", some.iterator().next().value());
            } else {
                select.and("shop = any(?)", some);
            }
        });
        if (!types.isEmpty()) {
            if (types.size() == 1) {
                select.and("type = ?", types.getFirst());
            } else {
                select.and("type = any(?)", types);
            }
        }
        return select.within("time", range);
    }
}
