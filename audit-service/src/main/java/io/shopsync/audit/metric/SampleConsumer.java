package io.shopsync.audit.metric;

import io.shopsync.audit.intake.Intake;
import io.shopsync.contracts.Topic;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Listens to samples. */
@ApplicationScoped
class SampleConsumer {

    private final Intake intake;
    private final SampleStore samples;

    SampleConsumer(Intake intake, SampleStore samples) {
        this.intake = intake;
        this.samples = samples;
    }

    @Incoming("sync-metrics")
    Uni<Void> samples(ConsumerRecords<String, byte[]> batch) {
        return intake.take(Topic.SYNC_METRICS, batch, samples);
    }
}
