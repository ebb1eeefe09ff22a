package io.shopsync.audit.intake;

import io.shopsync.contracts.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which topics' events cannot be stored at present, since when and why. */
@ApplicationScoped
class IntakeState {

    private final Map<Topic, Failure> failing = new ConcurrentHashMap<>();

    /** Notes a failed try; true where the one before succeeded. */
    boolean failed(Topic topic, String reason) {
        var now = Instant.now();
        var noted = failing.merge(
                topic, new Failure(now, reason), (before, latest) -> new Failure(before.since(), latest.reason()));
        return noted.since().equals(now);
    }

    void succeeded(Topic topic) {
        failing.remove(topic);
    }

    Map<Topic, Failure> failing() {
        return Map.copyOf(failing);
    }

    /** A topic's failure. */
    record Failure(Instant since, String reason) {}
}
