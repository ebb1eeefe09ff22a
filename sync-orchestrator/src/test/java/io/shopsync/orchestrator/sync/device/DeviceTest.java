package io.shopsync.orchestrator.sync.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.document.LocalDocument;
import io.shopsync.orchestrator.sync.device.Device.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final String OPAQUE = "12-g1AAAABPeJzLYWBgYMxgTmEQTM4vTc5ISXIwNDLXMwBCwxygFFMiQx4L";
    private static final String FARTHER = "15-g1AAAABPeJzLYWBgYMxgTmEQTM4vTc5ISXIwNDLXMwBCwxygFFMiQx4M";

    @Test
    void aTillThatReadsHasASequenceOfCouchDBs() {
        var till = Device.first(pouch(OPAQUE), reading(3, 12), NOW);
        assertThat(till.direction()).isEqualTo(DeviceDirection.PULL);
        assertThat(till.kind()).isEqualTo(DeviceKind.POUCHDB);
        assertThat(till.pending()).contains(3L);
    }

    @Test
    void aTillThatWritesCountsByItself() {
        var till = Device.first(pouch("7"), new Reading(Optional.empty(), 12), NOW);
        assertThat(till.direction()).isEqualTo(DeviceDirection.PUSH);
        assertThat(till.pending()).isEmpty();
    }

    @Test
    void aCouchDBThatHasReadSomethingIsKnownByWhatIsNotPending() {
        assertThat(Device.first(couch(OPAQUE), reading(11, 12), NOW).direction())
                .isEqualTo(DeviceDirection.PULL);
        assertThat(Device.first(couch(OPAQUE), reading(12, 12), NOW).direction())
                .isEqualTo(DeviceDirection.UNKNOWN);
    }

    @Test
    void aCouchDBThatMovesAndStillHasEverythingBeforeItWrites() {
        // Given
        var first = Device.first(couch(OPAQUE), reading(12, 12), NOW);
        // When
        var next = first.next(couch(FARTHER), reading(13, 13), NOW.plusSeconds(5));
        // Then
        assertThat(next.direction()).isEqualTo(DeviceDirection.PUSH);
        assertThat(next.pending()).isEmpty();
        // And what turns out to have read something has been a reader all along.
        assertThat(next.next(couch(FARTHER), reading(12, 13), NOW.plusSeconds(6))
                        .direction())
                .isEqualTo(DeviceDirection.PULL);
    }

    @Test
    void movesWhenItsSequenceOrSessionIsAnother() {
        // Given
        var till = Device.first(pouch(OPAQUE), reading(3, 12), NOW);
        // When
        var still = till.next(pouch(OPAQUE), reading(5, 14), NOW.plusSeconds(60));
        var moved = still.next(pouch(FARTHER), reading(0, 14), NOW.plusSeconds(90));
        // Then
        assertThat(still.movedAt()).isEqualTo(NOW);
        assertThat(still.pending()).contains(5L);
        assertThat(moved.movedAt()).isEqualTo(NOW.plusSeconds(90));
        assertThat(moved.firstSeenAt()).isEqualTo(NOW);
    }

    @Test
    void doesNotLagMoreWhileTheShopIsClosed() {
        // Given a till that moved, and a change ten minutes later
        var till = Device.first(pouch(OPAQUE), reading(1, 12), NOW);
        var change = NOW.plus(Duration.ofMinutes(10));
        // Then
        assertThat(till.lag(change)).isEqualTo(Duration.ofMinutes(10));
        assertThat(till.lag(NOW)).isZero();
        assertThat(Device.first(pouch(OPAQUE), reading(0, 12), NOW).lag(change)).isZero();
    }

    @Test
    void takesTheTimeThatACouchDBHasWrittenDown() {
        assertThat(Device.first(couch(OPAQUE), reading(1, 12), NOW).movedAt())
                .isEqualTo(Instant.parse("2026-03-01T08:15:30Z"));
    }

    @Test
    void isNoDeviceWithoutACheckpointsFormNorWithOneOfOurOwn() {
        var ours = new LocalDocument("_local/shopsync-0123", "0-1", pouchBody(OPAQUE));
        var note = new LocalDocument(
                "_local/note", "0-1", JsonNodeFactory.instance.objectNode().put("text", "hello"));
        var huge = new LocalDocument("_local/huge", "0-1", pouchBody("9".repeat(10_000)));
        assertThat(Checkpoint.of(ours)).isEmpty();
        assertThat(Checkpoint.of(note)).isEmpty();
        assertThat(Checkpoint.of(huge)).isEmpty();
    }

    private static Reading reading(long pending, long changes) {
        return new Reading(Optional.of(pending), changes);
    }

    private static Checkpoint pouch(String seq) {
        return Checkpoint.of(new LocalDocument("_local/2kDvbS5ildeN5JdhNzbJkQ==", "0-1", pouchBody(seq)))
                .orElseThrow();
    }

    /** As PouchDB 9 leaves it. */
    private static ObjectNode pouchBody(String seq) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("session_id", "7a8c8e0a")
                .put("replicator", "pouchdb")
                .put("version", 1)
                .put("last_seq", seq);
        body.putArray("history").addObject().put("last_seq", seq).put("session_id", "7a8c8e0a");
        return body;
    }

    /** As CouchDB 3.5 leaves it. */
    private static Checkpoint couch(String seq) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("session_id", "74205314").put("source_last_seq", seq).put("replication_id_version", 4);
        body.putArray("history")
                .addObject()
                .put("session_id", "74205314")
                .put("end_time", "Sun, 01 Mar 2026 08:15:30 GMT")
                .put("recorded_seq", seq);
        return Checkpoint.of(new LocalDocument("_local/927064f797ce88276d01dad03c444483", "0-1", body))
                .orElseThrow();
    }
}
