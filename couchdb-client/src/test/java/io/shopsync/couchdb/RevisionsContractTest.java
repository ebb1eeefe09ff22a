package io.shopsync.couchdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.couchdb.document.Attachment;
import io.shopsync.couchdb.document.DocumentRow;
import io.shopsync.couchdb.document.FetchOptions;
import io.shopsync.couchdb.document.FetchedRevision;
import io.shopsync.couchdb.document.FindQuery;
import io.shopsync.couchdb.document.LocalDocument;
import io.shopsync.couchdb.document.RevisionRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RevisionsContractTest {

    @RegisterExtension
    static final CouchUnderTest COUCH = new CouchUnderTest();

    @Test
    void copiesDocumentsWithoutLookingIntoThem() {
        // Given
        var source = COUCH.database();
        var target = COUCH.database();
        source.documents().put("täg", Map.of("text", "quote \" brace } ünï \uD83D\uDE00", "nested", List.of(Map.of())));
        source.documents()
                .putAttachment("pic", Optional.empty(), new Attachment("a.png", "image/png", new byte[70_000]));
        source.documents().put("plain", Map.of("n", 1));
        var refs = source.documentsAfter("", 10, false).stream()
                .map(row -> new RevisionRef(row.id(), row.rev()))
                .toList();
        // When
        var fetched = fetch(source, refs, FetchOptions.WHOLE);
        var refused = target.bulk()
                .replicate(fetched.stream()
                        .map(revision -> ((FetchedRevision.Found) revision).document())
                        .toList());
        // Then
        assertThat(refused).isEmpty();
        assertThat(fetched).extracting(FetchedRevision::id).containsExactly("pic", "plain", "täg");
        assertThat(target.documentsAfter("", 10, true)).isEqualTo(source.documentsAfter("", 10, true));
        assertThat(target.documents().attachment("pic", "a.png")).hasValue(new byte[70_000]);
    }

    @Test
    void saysWhatCannotBeFetched() {
        // Given
        var database = COUCH.database();
        var rev = database.documents().put("there", Map.of());
        // When
        var fetched = fetch(
                database,
                List.of(new RevisionRef("gone", "1-a"), new RevisionRef("there", "7-b"), new RevisionRef("there", rev)),
                FetchOptions.WHOLE);
        // Then
        assertThat(fetched).hasSize(3);
        assertThat(fetched.get(0)).isInstanceOf(FetchedRevision.Unavailable.class);
        assertThat(fetched.get(1))
                .isInstanceOfSatisfying(
                        FetchedRevision.Unavailable.class,
                        missing -> assertThat(missing.rev()).isEqualTo("7-b"));
        assertThat(fetched.get(2)).isInstanceOf(FetchedRevision.Found.class);
    }

    @Test
    void leavesOutAttachmentsThatTheReaderHas() {
        // Given
        var database = COUCH.database();
        var picture = new Attachment("a.png", "image/png", new byte[50_000]);
        var first = database.documents().putAttachment("pic", Optional.empty(), picture);
        var kept = Map.of("a.png", Map.of("stub", true));
        var second = database.documents().put("pic", Map.of("_rev", first, "n", 2, "_attachments", kept));
        // When
        var fetched = fetch(
                database, List.of(new RevisionRef("pic", second, List.of(first))), FetchOptions.WHOLE.atMost(10_000));
        // Then
        assertThat(fetched)
                .singleElement()
                .isInstanceOfSatisfying(
                        FetchedRevision.Found.class,
                        found -> assertThat(found.document().text()).contains("\"stub\":true"));
    }

    @Test
    void skipsDocumentsLongerThanItIsToKeep() {
        // Given
        var database = COUCH.database();
        var refs = new ArrayList<RevisionRef>();
        for (var size : new int[] {10, 100_000, 10, 9_000, 30_000}) {
            var id = "d" + refs.size();
            refs.add(new RevisionRef(id, database.documents().put(id, Map.of("text", "x".repeat(size)))));
        }
        // When
        var fetched = fetch(database, refs, FetchOptions.WHOLE.atMost(20_000));
        // Then
        assertThat(fetched).extracting(FetchedRevision::id).containsExactly("d0", "d1", "d2", "d3", "d4");
        assertThat(fetched)
                .filteredOn(FetchedRevision.Oversized.class::isInstance)
                .extracting(FetchedRevision::id)
                .containsExactly("d1", "d4");
        assertThat(fetched)
                .filteredOn(FetchedRevision.Found.class::isInstance)
                .allSatisfy(found -> assertThat(
                                ((FetchedRevision.Found) found).document().text())
                        .startsWith("{\"_id\":\"" + found.id())
                        .endsWith("}"));
    }

    @Test
    void saysWhichRevisionsItLacks() {
        // Given
        var database = COUCH.database();
        var rev = database.documents().put("a", Map.of());
        // When
        var missing = database.bulk().missing(Map.of("a", List.of(rev, "2-x"), "b", List.of("1-y")));
        var nothing = database.bulk().missing(Map.of("a", List.of(rev)));
        // Then
        assertThat(nothing).isEmpty();
        assertThat(missing.get("a").missing()).containsExactly("2-x");
        assertThat(missing.get("a").possibleAncestors()).containsExactly(rev);
        assertThat(missing.get("b").missing()).containsExactly("1-y");
    }

    @Test
    void purgesWithoutATrace() {
        // Given
        var database = COUCH.database();
        var rev = database.documents().put("a", Map.of());
        // When
        var purged = database.bulk().purge(Map.of("a", List.of(rev), "none", List.of("1-x")));
        // Then
        assertThat(purged.get("a")).containsExactly(rev);
        assertThat(database.rows(List.of("a"))).containsExactly(new DocumentRow.Missing("a"));
    }

    @Test
    void findsBySelectorPageByPage() {
        // Given
        var database = COUCH.database();
        database.bulk()
                .write(IntStream.range(0, 5)
                        .mapToObj(n -> Map.of("_id", "d" + n, "kind", n % 2))
                        .toList());
        // When
        var query = FindQuery.of(Json.MAPPER.valueToTree(Map.of("kind", 0)), 2).fields("_id");
        var first = database.find(query);
        var second = database.find(query.after(first.bookmark()));
        // Then
        assertThat(first.documents()).extracting(d -> d.path("_id").asText()).containsExactly("d0", "d2");
        assertThat(second.documents()).extracting(d -> d.path("_id").asText()).containsExactly("d4");
    }

    @Test
    void keepsLocalDocumentsAndListsThemPageByPage() {
        // Given
        var local = COUCH.database().local();
        for (var id : List.of("a", "b", "c")) {
            local.put(id, Map.of("last_seq", "1-x"));
        }
        // When
        var rev = local.get("b").orElseThrow().path("_rev").asText();
        local.put("b", Map.of("_rev", rev, "last_seq", "2-x"));
        var first = local.page("", 2);
        var second = local.page(first.getLast().id(), 2);
        // Then
        assertThat(first).extracting(LocalDocument::id).containsExactly("_local/a", "_local/b");
        assertThat(first.getLast().body().path("last_seq").asText()).isEqualTo("2-x");
        assertThat(second).extracting(LocalDocument::id).containsExactly("_local/c");
        assertThat(local.delete("a")).isTrue();
        assertThat(local.delete("a")).isFalse();
        assertThat(local.get("a")).isEmpty();
    }

    private static List<FetchedRevision> fetch(Database from, Collection<RevisionRef> refs, FetchOptions options) {
        var all = new ArrayList<FetchedRevision>();
        try (var fetched = from.bulk().fetch(refs, options)) {
            for (var next = fetched.next(); next.isPresent(); next = fetched.next()) {
                all.add(next.get());
            }
        }
        return all;
    }
}
