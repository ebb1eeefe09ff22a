package io.shopsync.couchdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.changes.Change;
import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.couchdb.changes.DatabaseUpdate;
import io.shopsync.couchdb.changes.DatabaseUpdate.Kind;
import io.shopsync.couchdb.document.RawJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class ChangesContractTest {

    @RegisterExtension
    static final CouchUnderTest COUCH = new CouchUnderTest();

    private static final ChangesQuery ALL = ChangesQuery.since(ChangesQuery.BEGINNING);

    @Test
    void readsChangesPageByPage() {
        // Given
        var database = withDocuments(5);
        // When
        var first = database.changes().page(ALL.limit(3));
        var second = database.changes().page(ALL.from(first.lastSeq()).limit(3));
        // Then
        assertThat(first.changes()).hasSize(3);
        assertThat(first.pending()).hasValue(2);
        assertThat(second.changes()).hasSize(2);
        assertThat(second.pending()).hasValue(0);
        assertThat(first.changes())
                .allSatisfy(change -> assertThat(change.seq()).isPresent());
    }

    @Test
    void leavesSequencesOutBetweenIntervals() {
        // Given
        var database = withDocuments(6);
        // When
        var page = database.changes().page(ALL.limit(6).seqInterval(3));
        // Then
        assertThat(page.changes()).hasSize(6);
        assertThat(page.changes())
                .filteredOn(change -> change.seq().isPresent())
                .hasSizeLessThan(6);
        assertThat(database.changes().page(ALL.from(page.lastSeq())).changes()).isEmpty();
    }

    @Test
    void showsAllLeavesAndDeletions() {
        // Given
        var database = COUCH.database();
        database.bulk()
                .replicate(List.of(
                        raw("{'_id':'x','_rev':'1-a','_revisions':{'start':1,'ids':['a']}}"),
                        raw("{'_id':'x','_rev':'1-b','_revisions':{'start':1,'ids':['b']}}"),
                        raw("{'_id':'y','_rev':'1-c','_revisions':{'start':1,'ids':['c']},'_deleted':true}")));
        // When
        var changes = database.changes().page(ALL.withAllLeaves()).changes();
        // Then
        assertThat(changes).extracting(Change::id).containsExactlyInAnyOrder("x", "y");
        assertThat(changes).filteredOn(c -> c.id().equals("x")).singleElement().satisfies(c -> {
            assertThat(c.revs()).containsExactly("1-b", "1-a");
            assertThat(c.deleted()).isFalse();
        });
        assertThat(changes)
                .filteredOn(c -> c.id().equals("y"))
                .singleElement()
                .satisfies(c -> assertThat(c.deleted()).isTrue());
    }

    @Test
    void readsOnlyWhatASelectorOrIdsNameWithBodies() {
        // Given
        var database = withDocuments(4);
        // When
        var selected = database.changes()
                .page(ALL.matching(json(Map.of("n", 2))).withDocuments())
                .changes();
        var named =
                database.changes().page(ALL.ofDocuments(List.of("d1", "none"))).changes();
        // Then
        assertThat(selected)
                .singleElement()
                .satisfies(change -> assertThat(change.document())
                        .hasValueSatisfying(
                                body -> assertThat(body.path("n").asInt()).isEqualTo(2)));
        assertThat(named).extracting(Change::id).containsExactly("d1");
    }

    @Test
    void refusesASequenceThatIsNone() {
        // Given
        var database = COUCH.database();
        // Then
        assertThatExceptionOfType(CouchException.BadRequest.class)
                .isThrownBy(() -> database.changes().page(ALL.from("garbage")));
    }

    @Test
    void followsChangesAsTheyCome() {
        // Given
        var database = withDocuments(1);
        try (var feed = database.changes().feed(ALL.withDocuments())) {
            assertThat(feed.next())
                    .hasValueSatisfying(change -> assertThat(change.id()).isEqualTo("d0"));
            // When
            database.documents().put("late", Map.of("n", 7));
            // Then
            assertThat(feed.next()).hasValueSatisfying(change -> {
                assertThat(change.id()).isEqualTo("late");
                assertThat(change.document()).isPresent();
            });
        }
    }

    @Test
    void staysOpenThroughQuietTimesAndEndsWhenClosed() throws Exception {
        // Given
        var database = COUCH.database();
        var brisk = COUCH.server().with(COUCH.server().options().withHeartbeat(Duration.ofMillis(200)));
        var feed = brisk.database(database.name()).changes().feed(ChangesQuery.since(ChangesQuery.NOW));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Optional<Change>> next = CompletableFuture.supplyAsync(feed::next, executor);
            // When: longer than three heartbeats
            Awaitility.await()
                    .during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(next).isNotDone());
            feed.close();
            // Then
            assertThat(next.get()).isEmpty();
        }
    }

    @Test
    void tellsWhichDatabasesChange() {
        // Given
        var since = COUCH.server().updates().page(ChangesQuery.NOW).lastSeq();
        var database = COUCH.absentDatabase();
        var seen = new ArrayList<Kind>();
        try (var feed = COUCH.server().updates().feed(since)) {
            // When
            database.create(1);
            // Then
            Optional<DatabaseUpdate> update;
            do {
                update = feed.next();
                update.filter(u -> u.database().equals(database.name())).ifPresent(u -> seen.add(u.kind()));
            } while (update.isPresent() && !seen.contains(Kind.CREATED));
        }
        assertThat(seen).contains(Kind.CREATED);
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(COUCH.server().updates().page(since).updates())
                                .extracting(DatabaseUpdate::database)
                                .contains(database.name()));
    }

    private static Database withDocuments(int count) {
        var database = COUCH.database();
        var documents = new ArrayList<Map<String, Object>>();
        for (var n = 0; n < count; n++) {
            documents.add(Map.of("_id", "d" + n, "n", n));
        }
        database.bulk().write(documents);
        return database;
    }

    private static JsonNode json(Object value) {
        return Json.MAPPER.valueToTree(value);
    }

    private static RawJson raw(String singleQuoted) {
        return RawJson.of(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
