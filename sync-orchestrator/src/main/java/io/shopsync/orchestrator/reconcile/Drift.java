package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import java.util.List;

/**
 * A shop that was made to match its wish once, by the rules of today, was found otherwise and is right again.
 *
 * @param repairs what was put right
 * @param report the {@code DriftRepaired} that tells of it
 */
public record Drift(ShopId shop, List<Difference> repairs, Envelope<?> report) {

    public Drift {
        repairs = List.copyOf(repairs);
    }
}
