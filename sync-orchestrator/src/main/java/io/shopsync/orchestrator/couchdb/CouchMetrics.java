package io.shopsync.orchestrator.couchdb;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What the way to CouchDB shows of itself. */
@ApplicationScoped
public class CouchMetrics {

    /** Requests to CouchDB that are under way. */
    public static final String IN_FLIGHT = "shopsync.couchdb.requests.in.flight";

    /** One while CouchDB is away, else zero. */
    public static final String AWAY = "shopsync.couchdb.away";

    void register(@Observes StartupEvent event, Couch couch, MeterRegistry registry) {
        Gauge.builder(IN_FLIGHT, couch, Couch::inFlight)
                .description("Requests to CouchDB that are under way")
                .register(registry);
        Gauge.builder(AWAY, couch, it -> it.away().isPresent() ? 1 : 0)
                .description("One while CouchDB is away and everything that needs it waits")
                .register(registry);
    }
}
