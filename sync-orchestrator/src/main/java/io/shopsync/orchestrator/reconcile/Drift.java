package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.Envelope;
import io.shopsync.orchestrator.desired.DesiredShop;
import java.util.List;

/**
 * A shop that was made to match its wish once, by the rules of today, and was found otherwise.
 *
 * @param found what CouchDB had
 * @param repairs the steps that put it right; all were taken
 * @param report the {@code DriftRepaired} that tells of it
 */
public record Drift(DesiredShop shop, ObservedShop found, List<Step> repairs, Envelope<?> report) {

    public Drift {
        repairs = List.copyOf(repairs);
    }
}
