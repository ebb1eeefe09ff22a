package io.shopsync.provisioning.shop;

import io.shopsync.contracts.ShopId;
import io.shopsync.platform.Cursor;
import io.shopsync.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.StatelessSession;

/** The queries across shops: there are no others. */
@ApplicationScoped
class ShopList {

    private final StatelessSession session;

    ShopList(StatelessSession session) {
        this.session = session;
    }

    /**
     * A page of shops in the order of their ids.
     *
     * @param statuses those to list; empty for all
     * @param visible the shops the caller may see; empty for all
     * @param cursor the {@code next} of the page before
     * @param limit how many shops at most
     */
    @Transactional
    public Page<ShopView> page(
            Set<ShopStatus> statuses, Optional<Set<ShopId>> visible, Optional<String> cursor, int limit) {
        var conditions = new ArrayList<String>();
        var parameters = new HashMap<String, Object>();
        if (!statuses.isEmpty()) {
            conditions.add("status in :statuses");
            parameters.put("statuses", statuses);
        }
        visible.ifPresent(shops -> {
            conditions.add("shopId in :visible");
            parameters.put("visible", shops.stream().map(ShopId::value).toList());
        });
        cursor.map(ShopList::lastSeen).ifPresent(shop -> {
            conditions.add("shopId > :after");
            parameters.put("after", shop.value());
        });
        var where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        var query = session.createSelectionQuery("from Shop" + where + " order by shopId", ShopEntity.class);
        parameters.forEach(query::setParameter);
        var rows = query.setMaxResults(limit + 1)
                .getResultStream()
                .map(ShopView::of)
                .toList();
        return Page.of(rows, limit, last -> Cursor.of(last.shopId()));
    }

    /** How many shops there are in each status. */
    @Transactional
    public Map<ShopStatus, Long> census() {
        var counts = new HashMap<ShopStatus, Long>();
        session.createSelectionQuery("select status, count(*) from Shop group by status", Object[].class)
                .getResultList()
                .forEach(row -> counts.put((ShopStatus) row[0], (Long) row[1]));
        return counts;
    }

    private static ShopId lastSeen(String cursor) {
        return ShopId.parse(Cursor.decode(cursor, 1).parts().getFirst()).orElseThrow(Cursor::invalid);
    }
}
