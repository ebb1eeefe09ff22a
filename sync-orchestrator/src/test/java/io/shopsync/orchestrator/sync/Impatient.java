package io.shopsync.orchestrator.sync;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Minutes are seconds. */
public final class Impatient implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "shopsync.sync.look.stopped-after", "3s",
                "shopsync.sync.look.fresh-for", "100ms",
                "shopsync.sync.look.settle", "500ms",
                "shopsync.sync.look.spacing", "1s",
                "shopsync.sync.look.critical-shops", "2",
                "shopsync.sync.health.stalled-after", "3s",
                "shopsync.sync.health.failing-after", "2s",
                "shopsync.sync.health.calm-for", "1s",
                "shopsync.sync.health.every", "500ms",
                "shopsync.sync.samples.every", "2s");
    }
}
