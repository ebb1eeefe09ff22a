package io.shopsync.audit.intake;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while events wait in Kafka because they cannot be stored. */
@Readiness
class IntakeReadiness implements HealthCheck {

    private final IntakeState state;

    IntakeReadiness(IntakeState state) {
        this.state = state;
    }

    @Override
    public HealthCheckResponse call() {
        var failing = state.failing();
        var response = HealthCheckResponse.named("event intake").status(failing.isEmpty());
        failing.forEach((topic, failure) -> response.withData(topic.topicName(), "waiting since " + failure.since()));
        return response.build();
    }
}
