package io.shopsync.eventing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.change.DatabaseChanged;
import io.shopsync.contracts.sync.ReasonCode;
import io.shopsync.contracts.sync.SyncEvent.ProvisioningDelayed;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeCodecTest {

    private static final ShopId ACME = new ShopId("acme");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456789Z");

    @Test
    void readsWhatItWrote() throws UnreadableEvent {
        // Given
        var delayed = new ProvisioningDelayed(ACME, ReasonCode.COUCHDB_UNREACHABLE, "refused", 3, NOON.plusSeconds(9));
        var envelope = Envelope.of("/sync-orchestrator", NOON, delayed)
                .causedBy(UUID.randomUUID())
                .askedBy("kim");
        // When
        var read = EnvelopeCodec.decode(EnvelopeCodec.encode(envelope));
        // Then
        assertThat(read).isEqualTo(envelope);
    }

    @Test
    void writesAStructuredCloudEvent() throws UnreadableEvent {
        // Given
        var envelope = Envelope.of("/sync-orchestrator", NOON, new DatabaseChanged(ACME, new DatabaseName("sales")));
        // When
        var event = EnvelopeCodec.parse(EnvelopeCodec.encode(envelope));
        // Then
        assertThat(event.getSpecVersion().toString()).isEqualTo("1.0");
        assertThat(event.getType()).isEqualTo("shopsync.change.database-changed.v1");
        assertThat(event.getSubject()).isEqualTo("acme");
        assertThat(event.getTime()).isEqualTo("2026-11-23T12:00:00.123Z");
        assertThat(new String(event.getData().toBytes(), UTF_8))
                .isEqualTo("{\"database\":\"sales\",\"shop\":\"acme\"}");
    }

    @Test
    void passesOverAComponentAddedByANewerVersion() throws UnreadableEvent {
        assertThat(EnvelopeCodec.decode(event(
                                "shopsync.change.database-changed.v1",
                                "{\"shop\":\"acme\",\"database\":\"sales\",\"new\":1}"))
                        .body())
                .isEqualTo(new DatabaseChanged(ACME, new DatabaseName("sales")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "hello", "{\"specversion\":\"1.0\"}", "{\"specversion\":\"9\"}"})
    void refusesWhatIsNoCloudEvent(String value) {
        assertThatThrownBy(() -> EnvelopeCodec.decode(value.getBytes(UTF_8))).isInstanceOf(UnreadableEvent.class);
    }

    @Test
    void saysWhyAnEventCannotBeRead() {
        assertThatThrownBy(() -> EnvelopeCodec.decode(event("shopsync.shop.exploded.v1", "{}")))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("shopsync.shop.exploded.v1");
        assertThatThrownBy(() -> EnvelopeCodec.decode(
                        event("shopsync.change.database-changed.v1", "{\"shop\":\"a_b\",\"database\":\"sales\"}")))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("a_b");
        assertThatThrownBy(() -> EnvelopeCodec.decode((byte[]) null)).isInstanceOf(UnreadableEvent.class);
    }

    private static byte[] event(String type, String data) {
        return """
                {"specversion":"1.0","id":"%s","source":"/test","type":"%s","subject":"acme",
                 "time":"2026-11-23T12:00:00Z","datacontenttype":"application/json","data":%s}""".formatted(UUID.randomUUID(), type, data).getBytes(UTF_8);
    }
}
