package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent.RepairKind;
import io.shopsync.orchestrator.desired.Claim;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Drift between its being found and its being reported. It is noted before anything is put right: afterwards CouchDB no
 * longer shows that it was, and a repair whose answer is lost, or whose worker dies, would go unreported.
 */
@ApplicationScoped
class DriftNotes {

    /** What was noted before stays: it is the same drift, not put right yet. A worker that lost its claim notes nothing. */
    private static final String NOTE = """
            insert into drift_note (shop, repair, target, found)
            select shop_id, repair, target, found
            from shop cross join unnest(?, ?, ?) as difference (repair, target, found)
            where shop_id = ? and claim = ?
            on conflict do nothing
            """;

    private static final String TAKE =
            "delete from drift_note where shop = any(?) returning shop, repair, target, found";

    private final Jdbc jdbc;

    DriftNotes(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes what the claim's worker is about to put right, outside any transaction: committed when this returns. */
    void note(Claim claim, List<Difference> differences) {
        if (!differences.isEmpty()) {
            jdbc.update(
                    NOTE,
                    differences.stream().map(it -> it.repair().name()).toArray(String[]::new),
                    differences.stream().map(Difference::target).toArray(String[]::new),
                    differences.stream().map(Difference::found).toArray(String[]::new),
                    claim.shop().value(),
                    claim.number());
        }
    }

    /** Takes the notes on shops that are right again, in the transaction that reports them. */
    @Transactional(TxType.MANDATORY)
    Map<ShopId, List<Difference>> take(Collection<ShopId> shops) {
        return jdbc
                .query(
                        TAKE,
                        row -> Map.entry(
                                new ShopId(row.getString(1)),
                                new Difference(
                                        RepairKind.valueOf(row.getString(2)), row.getString(3), row.getString(4))),
                        (Object) shops.stream().map(ShopId::value).toArray(String[]::new))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }
}
