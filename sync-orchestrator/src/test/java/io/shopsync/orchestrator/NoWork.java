package io.shopsync.orchestrator;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service without its workers, so that a test can be one. */
public final class NoWork implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("shopsync.reconcile.enabled", "false");
    }
}
