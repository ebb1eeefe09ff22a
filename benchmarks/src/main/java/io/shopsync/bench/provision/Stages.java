package io.shopsync.bench.provision;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.bench.Latencies;
import io.shopsync.bench.Report;
import io.shopsync.contracts.Event;
import io.shopsync.contracts.EventTypes;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.stack.api.ShopSyncApi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the time of single signups goes, by the times that their events tell: all clocks are this machine's. */
final class Stages {

    private final Latencies taken = new Latencies();
    private final Latencies claimed = new Latencies();
    private final Latencies made = new Latencies();
    private final Latencies told = new Latencies();

    /** Adds a shop whose events are in the ledger; one whose are not all there yet is left out. */
    void add(ShopSyncApi api, ShopId shop, Instant asked, Instant seenReady) {
        var events = api.events(shop);
        var created = time(events, ShopEvent.Created.class);
        var started = time(events, SyncEvent.ProvisioningStarted.class);
        var provisioned = time(events, SyncEvent.ShopProvisioned.class);
        if (created.isEmpty() || started.isEmpty() || provisioned.isEmpty()) {
            return;
        }
        taken.add(between(asked, created.get()));
        claimed.add(between(created.get(), started.get()));
        made.add(between(started.get(), provisioned.get()));
        told.add(between(provisioned.get(), seenReady));
    }

    void print(Report report) {
        if (taken.count() > 0) {
            report.latencies("  request to its transaction", taken);
            report.latencies("  from there to the claim", claimed);
            report.latencies("  from there, CouchDB made to match", made);
            report.latencies("  from there, seen as READY", told);
        }
    }

    private static Optional<Instant> time(List<JsonNode> events, Class<? extends Event> type) {
        var name = EventTypes.nameOf(type);
        return events.stream()
                .filter(event -> name.equals(event.path("type").asText()))
                .map(event -> Instant.parse(event.path("time").asText()))
                .findFirst();
    }

    /** Clocks of two processes may differ in their last digit. */
    private static Duration between(Instant from, Instant to) {
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }
}
