package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent.RepairPlace;
import java.util.List;
import java.util.Optional;

/**
 * A shop that was made to match its wish once, by the rules of today, was found otherwise and is right again.
 *
 * @param place which CouchDB, where it is not the one that the shop lives in
 * @param repairs what was put right
 * @param report the {@code DriftRepaired} that tells of it
 */
public record Drift(ShopId shop, Optional<RepairPlace> place, List<Difference> repairs, Envelope<?> report) {

    public Drift {
        repairs = List.copyOf(repairs);
    }
}
