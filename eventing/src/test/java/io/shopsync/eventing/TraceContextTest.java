package io.shopsync.eventing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @ParameterizedTest
    @ValueSource(strings = {TRACEPARENT, "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-of a later version"})
    void isThatOfTheRecord(String header) {
        assertThat(TraceContext.of(record(header))).contains(header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no trace",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"
            })
    void whatCannotBeReadIsNone(String header) {
        assertThat(TraceContext.of(record(header))).isEmpty();
    }

    @Test
    void aHeaderOfAnyLengthIsNotKept() {
        assertThat(TraceContext.of(record(TRACEPARENT + '-' + "x".repeat(1_000))))
                .isEmpty();
    }

    @Test
    void aRecordNeedNotHaveOne() {
        assertThat(TraceContext.of(new ConsumerRecord<>("shops", 0, 0, "acme", new byte[0])))
                .isEmpty();
    }

    private static ConsumerRecord<String, byte[]> record(String traceparent) {
        var record = new ConsumerRecord<>("shops", 0, 0, "acme", new byte[0]);
        record.headers().add("traceparent", traceparent.getBytes(US_ASCII));
        return record;
    }
}
