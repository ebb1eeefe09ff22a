package io.shopsync.couchdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.shopsync.couchdb.document.Attachment;
import io.shopsync.couchdb.document.DocumentRow;
import io.shopsync.couchdb.document.GetOptions;
import io.shopsync.couchdb.document.LeafRevision;
import io.shopsync.couchdb.document.RawJson;
import io.shopsync.couchdb.document.WriteOutcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsContractTest {

    @RegisterExtension
    static final CouchUnderTest COUCH = new CouchUnderTest();

    private static final String GUARD =
            "function (doc, old, user, sec) { if (!doc._deleted && doc.ok !== true) throw({forbidden: 'not ok'}); }";

    @ParameterizedTest
    @ValueSource(strings = {"plain", "with/slash", "a+b c", "ünï✓", "100%?&=#", "_design/guard", "_local/cp/1"})
    void storesAndReadsAnyId(String id) {
        // Given
        var documents = COUCH.database().documents();
        // When
        documents.put(id, Map.of("n", 1));
        // Then
        assertThat(documents.get(id)).hasValueSatisfying(found -> {
            assertThat(found.path("_id").asText()).isEqualTo(id);
            assertThat(found.path("n").asInt()).isEqualTo(1);
        });
    }

    @Test
    void refusesAStaleRevision() {
        // Given
        var documents = COUCH.database().documents();
        var rev = documents.put("a", Map.of("v", 1));
        documents.put("a", Map.of("_rev", rev, "v", 2));
        // Then
        assertThatExceptionOfType(CouchException.Conflict.class)
                .isThrownBy(() -> documents.put("a", Map.of("_rev", rev, "v", 3)))
                .satisfies(e -> assertThat(e.transientFailure()).isFalse());
    }

    @Test
    void hasNoDeletedDocument() {
        // Given
        var database = COUCH.database();
        var rev = database.documents().put("a", Map.of());
        // When
        var tombstone = database.documents().delete("a", rev);
        // Then
        assertThat(database.documents().get("a")).isEmpty();
        assertThat(database.rows(List.of("a", "b")))
                .containsExactly(new DocumentRow.Deleted("a", tombstone), new DocumentRow.Missing("b"));
    }

    @Test
    void readsAllLeavesWithTheirAncestry() {
        // Given
        var database = COUCH.database();
        var refused = database.bulk()
                .replicate(List.of(
                        raw("{'_id':'t','_rev':'2-b','_revisions':{'start':2,'ids':['b','a']},'v':'left'}"),
                        raw("{'_id':'t','_rev':'2-c','_revisions':{'start':2,'ids':['c','a']},'_deleted':true}")));
        // When
        var leaves = database.documents().leaves("t", false);
        var asked = database.documents().revisions("t", List.of("2-c", "9-e"), false);
        // Then
        assertThat(refused).isEmpty();
        assertThat(leaves).extracting(LeafRevision::rev).containsExactlyInAnyOrder("2-b", "2-c");
        assertThat(asked).contains(new LeafRevision.Missing("9-e"));
        assertThat(database.documents()
                        .get("t", GetOptions.DEFAULT.withConflicts().withRevisions()))
                .hasValueSatisfying(winner -> {
                    assertThat(winner.at("/_revisions/ids/1").asText()).isEqualTo("a");
                    assertThat(winner.at("/_deleted_conflicts/0").asText()).isEqualTo("2-c");
                });
    }

    @Test
    void keepsAttachmentsByteForByte() {
        // Given
        var documents = COUCH.database().documents();
        var data = "täg\0".getBytes(StandardCharsets.UTF_8);
        // When
        var rev = documents.putAttachment("a", Optional.empty(), new Attachment("b/c.bin", "image/png", data));
        // Then
        assertThat(documents.attachment("a", "b/c.bin")).hasValue(data);
        // When
        documents.deleteAttachment("a", rev, "b/c.bin");
        // Then
        assertThat(documents.attachment("a", "b/c.bin")).isEmpty();
    }

    @Test
    void saysOfEachDocumentWhetherItWasStored() {
        // Given
        var database = COUCH.database();
        database.documents().put("_design/guard", Map.of("validate_doc_update", GUARD));
        var rev = database.documents().put("there", Map.of("ok", true));
        // When
        var outcomes = database.bulk()
                .write(List.of(
                        Map.of("_id", "new", "ok", true),
                        Map.of("_id", "there", "ok", true),
                        Map.of("_id", "bad", "ok", false)));
        // Then
        assertThat(outcomes).extracting(WriteOutcome::id).containsExactly("new", "there", "bad");
        assertThat(outcomes.get(0)).isInstanceOf(WriteOutcome.Stored.class);
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        WriteOutcome.Refused.class, r -> assertThat(r.cause()).isEqualTo(WriteOutcome.Cause.CONFLICT));
        assertThat(outcomes.get(2)).isInstanceOfSatisfying(WriteOutcome.Refused.class, r -> {
            assertThat(r.cause()).isEqualTo(WriteOutcome.Cause.FORBIDDEN);
            assertThat(r.reason()).isEqualTo("not ok");
        });
        assertThat(database.rows(List.of("there")))
                .containsExactly(new DocumentRow.Present("there", rev, Optional.empty()));
    }

    @Test
    void answersAReplicatedWriteWithTheRefusedAlone() {
        // Given
        var database = COUCH.database();
        database.documents().put("_design/guard", Map.of("validate_doc_update", GUARD));
        // When
        var refused = database.bulk()
                .replicate(List.of(
                        raw("{'_id':'good','_rev':'1-a','_revisions':{'start':1,'ids':['a']},'ok':true}"),
                        raw("{'_id':'bad','_rev':'1-b','_revisions':{'start':1,'ids':['b']}}")));
        // Then
        assertThat(refused)
                .containsExactly(
                        new WriteOutcome.Refused("bad", "1-b", WriteOutcome.Cause.FORBIDDEN, "forbidden", "not ok"));
        assertThat(database.documents(List.of("good")).getFirst())
                .isInstanceOfSatisfying(
                        DocumentRow.Present.class, row -> assertThat(row.body()).isPresent());
    }

    private static RawJson raw(String singleQuoted) {
        return RawJson.of(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
