package io.shopsync.audit.ledger;

import io.shopsync.audit.platform.Database;
import io.shopsync.audit.platform.Select;
import io.shopsync.audit.platform.TimeCursor;
import io.shopsync.audit.platform.TimeOrder;
import io.shopsync.contracts.ShopId;
import io.shopsync.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the ledger. */
@ApplicationScoped
public class LedgerQueries {

    private static final String SELECT = "select " + RecordedEvent.COLUMNS + " from ledger_event";

    /** Follows causes upwards; a shop's event has causes in the same shop alone, and chains are short. */
    private static final String CHAIN = """
            with recursive chain (id, depth) as (
                select distinct unnest(?::uuid[]), 1
                union
                select event.cause, depth + 1
                from chain join ledger_event event on event.id = chain.id
                where event.shop = ? and event.cause is not null and depth < ?
            )
            """ + SELECT + " where shop = ? and id in (select id from chain)";

    private static final int LONGEST_CHAIN = 8;

    private final Database database;

    LedgerQueries(Database database) {
        this.database = database;
    }

    /** A page of events; each event that was there at the first page is on exactly one of the pages. */
    public Page<RecordedEvent> page(EventFilter filter, TimeOrder order, Optional<String> cursor, int limit) {
        var select = filter.applyTo(new Select(SELECT));
        cursor.map(TimeCursor::decode).ifPresent(position -> order.after(select, position));
        order.page(select, limit + 1);
        var rows = database.query(connection -> select.list(connection, RecordedEvent::of));
        return Page.of(rows, limit, row -> row.position().cursor());
    }

    /** The event of that id. */
    public Optional<RecordedEvent> byId(UUID id) {
        var select = new Select(SELECT).and("id = ?", id);
        return database.query(connection ->
                select.list(connection, RecordedEvent::of).stream().findFirst());
    }

    /** Those of a shop's events with these ids, and the causes of them, and theirs. */
    public List<RecordedEvent> withCauses(ShopId shop, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return database.query(connection -> {
            var array = connection.createArrayOf("uuid", ids.toArray());
            return new Select(CHAIN)
                    .with(array, shop.value(), LONGEST_CHAIN, shop.value())
                    .list(connection, RecordedEvent::of);
        });
    }
}
