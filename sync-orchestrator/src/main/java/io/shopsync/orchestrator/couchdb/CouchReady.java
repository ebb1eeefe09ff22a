package io.shopsync.orchestrator.couchdb;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready shows whether CouchDB does what every step needs. */
@Readiness
@ApplicationScoped
class CouchReady implements HealthCheck {

    private final Couch couch;

    CouchReady(Couch couch) {
        this.couch = couch;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("CouchDB");
        var away = couch.away();
        if (away.isPresent()) {
            return response.down()
                    .withData("reason", away.get().reason().name())
                    .withData("detail", away.get().getMessage())
                    .build();
        }
        try {
            couch.probe();
            return response.up().build();
        } catch (RuntimeException e) {
            return response.down().withData("detail", e.getMessage()).build();
        }
    }
}
