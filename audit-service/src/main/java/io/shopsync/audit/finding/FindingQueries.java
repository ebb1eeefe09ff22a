package io.shopsync.audit.finding;

import io.shopsync.audit.platform.Database;
import io.shopsync.audit.platform.Select;
import io.shopsync.audit.platform.TimeRange;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.Severity;
import io.shopsync.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads findings. */
@ApplicationScoped
class FindingQueries {

    /** With what is known by now of those that went on after they were raised. */
    private static final String SELECT = "select " + Finding.COLUMNS.replace("details", """
                    details || coalesce((select ended.details from finding_ended ended where ended.finding = finding.id
                                         order by ended.time desc limit 1), '{}') as details""") + " from finding";

    private final Database database;

    FindingQueries(Database database) {
        this.database = database;
    }

    /** A page of findings; each that was there at the first page is on exactly one of the pages. */
    Page<Finding> page(Filter filter, FindingOrder order, Optional<String> cursor, int limit) {
        var select = new Select(SELECT).within("time", filter.range());
        filter.shops().ifPresent(shops -> select.and("shop = any(?)", shops));
        if (!filter.kinds().isEmpty()) {
            select.and("kind = any(?)", filter.kinds());
        }
        if (!filter.severities().isEmpty()) {
            select.and("severity = any(?::severity[])", filter.severities());
        }
        cursor.ifPresent(position -> order.after(select, position));
        order.page(select, limit + 1);
        return Page.of(database.query(connection -> select.list(connection, Finding::of)), limit, order::cursor);
    }

    /** Which findings are asked for; an empty set or list means all. */
    record Filter(Optional<Set<ShopId>> shops, List<String> kinds, List<Severity> severities, TimeRange range) {}
}
