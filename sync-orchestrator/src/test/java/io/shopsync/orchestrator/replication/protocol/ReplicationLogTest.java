package io.shopsync.orchestrator.replication.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.orchestrator.replication.protocol.ReplicationLog.Agreement;
import io.shopsync.orchestrator.replication.protocol.ReplicationLog.Session;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplicationLogTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void agreesOnTheSequenceOfTheSameSession() {
        assertThat(seq(log("s2", "20", "s2@20", "s1@10"), log("s2", "20", "s2@20", "s1@10")))
                .hasValue("20");
    }

    @Test
    void goesBackToTheNewestSessionThatBothKnow() {
        // The target's checkpoint was lost after s2; or the source's was.
        assertThat(seq(log("s4", "40", "s4@40", "s3@30", "s2@20"), log("s2", "20", "s2@20", "s1@10")))
                .hasValue("20");
        assertThat(seq(log("s2", "20", "s2@20", "s1@10"), log("s4", "40", "s4@40", "s3@30", "s2@20")))
                .hasValue("20");
        assertThat(seq(log("a9", "90", "a9@90", "s1@10"), log("b8", "80", "b8@80", "s1@10")))
                .hasValue("10");
    }

    @Test
    void agreesOnNothingWithoutACommonSession() {
        assertThat(seq(log("s2", "20", "s2@20"), log("t2", "20", "t2@20"))).isEmpty();
        assertThat(seq(log("s2", "20", "s2@20"), log("t2", "20"))).isEmpty();
    }

    @Test
    void keepsTheHistoryThatLedThere() {
        // When
        var agreed =
                ReplicationLog.agreement(log("s4", "40", "s4@40", "s2@20", "s1@10"), log("s2", "20", "s2@20", "s1@10"));
        // Then
        assertThat(agreed.map(Agreement::history).orElseThrow())
                .extracting(Session::id)
                .containsExactly("s2", "s1");
    }

    @Test
    void readsWhatCouchDbWrites() throws Exception {
        // Given: recorded from CouchDB 3.5.0
        var json = (ObjectNode) JSON.readTree("""
                {"_id":"_local/6a0baf8c0294ec1a16fd5bd389654a60","_rev":"0-1",
                 "session_id":"bc977865c135d54557a2526bbfd44fd5","source_last_seq":"1-g1A","replication_id_version":4,
                 "history":[{"session_id":"bc977865c135d54557a2526bbfd44fd5","start_last_seq":0,
                   "start_time":"Mon, 23 Nov 2026 15:18:00 GMT","end_time":"Mon, 23 Nov 2026 15:18:00 GMT",
                   "end_last_seq":"1-g1A","recorded_seq":"1-g1A","missing_checked":1,"missing_found":1,"docs_read":1,
                   "docs_written":1,"doc_write_failures":0,"bulk_get_docs":1,"bulk_get_attempts":1}]}
                """);
        // When
        var log = ReplicationLog.of(json).orElseThrow();
        // Then
        assertThat(log.lastSeq()).isEqualTo("1-g1A");
        assertThat(log.history()).singleElement().satisfies(session -> {
            assertThat(session.id()).isEqualTo("bc977865c135d54557a2526bbfd44fd5");
            assertThat(session.recordedSeq()).isEqualTo("1-g1A");
        });
    }

    @Test
    void readsWhatPouchDbWrites() throws Exception {
        // Given: the form of PouchDB 9, with the numbers that its local databases count in
        var json = (ObjectNode) JSON.readTree("""
                {"_id":"_local/pouch","_rev":"0-3","session_id":"A1","last_seq":12,"version":1,"replicator":"pouchdb",
                 "history":[{"last_seq":12,"session_id":"A1"},{"last_seq":7,"session_id":"A0"}]}
                """);
        // When
        var log = ReplicationLog.of(json).orElseThrow();
        // Then
        assertThat(log.lastSeq()).isEqualTo("12");
        assertThat(log.history()).extracting(Session::recordedSeq).containsExactly("12", "7");
    }

    @Test
    void isNoCheckpointWithoutASession() {
        assertThat(ReplicationLog.of(JSON.createObjectNode().put("cart", 3))).isEmpty();
    }

    @Test
    void forgetsWhatIsLongAgo() {
        // Given
        var sessions = IntStream.range(0, 60).mapToObj(n -> "s" + n + "@" + n).toArray(String[]::new);
        // Then
        assertThat(log("s0", "0", sessions).history()).hasSize(50);
    }

    @Test
    void survivesItsOwnJson() {
        // Given
        var log = log("s2", "20", "s2@20", "s1@10");
        // Then
        assertThat(ReplicationLog.of(log.toJson())).hasValue(log);
    }

    private static Optional<String> seq(ReplicationLog source, ReplicationLog target) {
        return ReplicationLog.agreement(source, target).map(Agreement::seq);
    }

    /** @param sessions each {@code id@recordedSeq}, newest first */
    private static ReplicationLog log(String sessionId, String lastSeq, String... sessions) {
        List<Session> history = Stream.of(sessions)
                .map(text -> text.split("@"))
                .map(part -> new Session(
                        part[0],
                        part[1],
                        JSON.createObjectNode().put("session_id", part[0]).put("recorded_seq", part[1])))
                .toList();
        return new ReplicationLog(Optional.empty(), sessionId, lastSeq, history, Optional.empty());
    }
}
