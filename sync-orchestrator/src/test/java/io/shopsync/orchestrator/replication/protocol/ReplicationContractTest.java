package io.shopsync.orchestrator.replication.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.document.Attachment;
import io.shopsync.couchdb.document.RawJson;
import io.shopsync.couchdb.document.WriteOutcome.Cause;
import io.shopsync.orchestrator.replication.protocol.ReplicationResult.Ending;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class ReplicationContractTest {

    @RegisterExtension
    static final TestDatabases DATABASES = new TestDatabases();

    private static final String GUARD =
            "function (doc) { if (doc.shopId !== 'acme') throw({forbidden: 'not of acme'}); }";

    private Database source;
    private Database target;

    @BeforeEach
    void makeDatabases() {
        source = DATABASES.fresh("source");
        target = DATABASES.fresh("target");
    }

    @Test
    void copiesDocumentsConflictsAndDeletions() {
        // Given
        Leaves.store(
                source,
                "{'_id':'plain','_rev':'1-a','_revisions':{'start':1,'ids':['a']},'n':1}",
                "{'_id':'torn','_rev':'2-b','_revisions':{'start':2,'ids':['b','a']},'v':'left'}",
                "{'_id':'torn','_rev':'2-c','_revisions':{'start':2,'ids':['c','a']},'v':'right'}",
                "{'_id':'half','_rev':'2-d','_revisions':{'start':2,'ids':['d','a']},'v':'stays'}",
                "{'_id':'half','_rev':'3-e','_revisions':{'start':3,'ids':['e','f','a']},'_deleted':true}",
                "{'_id':'gone','_rev':'2-g','_revisions':{'start':2,'ids':['g','a']},'_deleted':true,'shopId':'acme'}",
                "{'_id':'ünï/✓ +','_rev':'1-h','_revisions':{'start':1,'ids':['h']},'text':'brace } quote \\''}");
        // When
        var result = Runs.caughtUp(Runs.replication(source, target));
        // Then
        Leaves.assertEqual(source, target);
        assertThat(result.done().written()).isEqualTo(7);
        assertThat(result.done().refused()).isZero();
        assertThat(result.pending()).hasValue(0);
    }

    @Test
    void copiesAttachmentsAndSendsThemAgainOnlyWhereTheyChanged() {
        // Given
        var picture = new Attachment("p.png", "image/png", new byte[300_000]);
        var rev = source.documents().putAttachment("a", Optional.empty(), picture);
        Runs.caughtUp(Runs.replication(source, target));
        // When
        source.documents()
                .put("a", Map.of("_rev", rev, "price", 2, "_attachments", Map.of("p.png", Map.of("stub", true))));
        var result = Runs.caughtUp(Runs.replication(source, target));
        // Then
        Leaves.assertEqual(source, target);
        assertThat(target.documents().attachment("a", "p.png")).hasValue(picture.data());
        assertThat(result.done().bytes()).isLessThan(10_000);
    }

    @Test
    void sendsAnAttachmentWholeWhereTheTargetHasLostIt() {
        // Given: the target knows the ancestor of the change, yet without the attachment
        var rev = source.documents()
                .putAttachment(
                        "a",
                        Optional.empty(),
                        new Attachment("p.txt", "text/plain", "täg".getBytes(StandardCharsets.UTF_8)));
        Leaves.store(
                target,
                "{'_id':'a','_rev':'%s','_revisions':{'start':1,'ids':['%s']}}".formatted(rev, rev.substring(2)));
        source.documents().put("a", Map.of("_rev", rev, "n", 2, "_attachments", Map.of("p.txt", Map.of("stub", true))));
        source.documents().put("b", Map.of("n", 1));
        // When
        Runs.caughtUp(Runs.replication(source, target));
        // Then
        assertThat(Leaves.of(target)).isEqualTo(Leaves.of(source));
        assertThat(target.documents().attachment("a", "p.txt")).hasValue("täg".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void goesOnFromWhereItCame() {
        // Given
        write(source, "first", 20);
        var first = Runs.caughtUp(Runs.replication(source, target));
        write(source, "second", 5);
        // When
        var second = Runs.caughtUp(Runs.replication(source, target));
        var third = Runs.caughtUp(Runs.replication(source, target));
        // Then
        assertThat(second.startSeq()).isEqualTo(first.checkpoint());
        assertThat(second.done().changes()).isEqualTo(5);
        assertThat(third.done().changes()).isZero();
        assertThat(third.checkpoint()).isEqualTo(second.checkpoint());
        Leaves.assertEqual(source, target);
    }

    @Test
    void copiesNothingThatTheTargetHas() {
        // Given
        write(source, "d", 30);
        Runs.caughtUp(Runs.replication(source, target));
        // When
        var back = Runs.caughtUp(Runs.replication(target, source));
        // Then
        assertThat(back.done().changes()).isEqualTo(30);
        assertThat(back.done().missing()).isZero();
        assertThat(back.done().read()).isZero();
    }

    @Test
    void copiesTenThousandDocumentsInManyPages() {
        // Given
        for (var part = 0; part < 10; part++) {
            write(source, "p" + part + "-", 1000);
        }
        var replication = Runs.replication(source, target)
                .within(ReplicationLimits.DEFAULT
                        .changesPerPage(700)
                        .lanes(3)
                        .bytes(100_000, 1 << 20)
                        .checkpointEvery(Duration.ZERO));
        // When
        var result = Runs.caughtUp(replication);
        // Then
        assertThat(result.done().written()).isEqualTo(10_000);
        assertThat(Leaves.of(target)).isEqualTo(Leaves.of(source));
        assertThat(target.info().documents()).isEqualTo(10_000);
    }

    @Test
    void stopsAfterItsShareAndGoesOnNextTime() {
        // Given
        write(source, "d", 50);
        var replication = Runs.replication(source, target)
                .within(ReplicationLimits.DEFAULT.changesPerPage(10).changesPerRun(20));
        // When
        var first = Runs.run(replication);
        var second = Runs.run(replication);
        var third = Runs.run(replication);
        // Then
        assertThat(List.of(first.ending(), second.ending(), third.ending()))
                .containsExactly(new Ending.MoreToCome(), new Ending.MoreToCome(), new Ending.CaughtUp());
        assertThat(first.pending()).hasValue(30);
        assertThat(Leaves.of(target)).isEqualTo(Leaves.of(source));
    }

    @Test
    void copiesOnlyWhatASelectorMatches() {
        // Given
        source.documents().put("ours", Map.of("shopId", "acme"));
        source.documents().put("theirs", Map.of("shopId", "zeta"));
        source.documents().put("_design/views", Map.of("views", Map.of()));
        var selector = new ObjectMapper().valueToTree(Map.of("shopId", "acme"));
        // When
        var result = Runs.caughtUp(Runs.replication(source, target).matching(selector));
        // Then
        assertThat(Leaves.of(target)).containsOnlyKeys("ours");
        assertThat(result.done().changes()).isEqualTo(1);
    }

    @Test
    void copiesDesignDocumentsOnlyWhereAsked() {
        // Given
        source.documents().put("_design/views", Map.of("views", Map.of()));
        source.documents().put("a", Map.of());
        // When
        Runs.caughtUp(Runs.replication(source, target));
        // Then
        assertThat(Leaves.of(target)).containsOnlyKeys("a");
        // When
        var other = DATABASES.fresh("other");
        Runs.caughtUp(Runs.replication(source, other).withDesignDocuments());
        // Then
        Leaves.assertEqual(source, other);
    }

    @Test
    void tellsOfEachDocumentThatAGuardRefusesAndCopiesTheRest() {
        // Given
        target.documents().put("_design/guard", Map.of("validate_doc_update", GUARD));
        var mixed = IntStream.range(0, 40)
                .mapToObj(n -> Map.of("_id", "d" + n, "shopId", n % 4 == 0 ? "zeta" : "acme"))
                .toList();
        source.bulk().write(mixed);
        var refusals = new Runs.Refusals();
        // When
        var result = Runs.run(Runs.replication(source, target), refusals);
        // Then
        assertThat(result.caughtUp()).isTrue();
        assertThat(result.done().written()).isEqualTo(30);
        assertThat(result.done().refused()).isEqualTo(10);
        assertThat(refusals.heard()).hasSize(10).allSatisfy(refused -> {
            assertThat(refused.side()).isEqualTo(Side.TARGET);
            assertThat(refused.cause()).isEqualTo(Cause.FORBIDDEN);
            assertThat(refused.reason()).isEqualTo("not of acme");
            assertThat(Leaves.of(source).get(refused.id())).containsExactly(refused.rev());
        });
        // When: the guard is gone and they are tried again
        var guardRev = target.documents()
                .get("_design/guard")
                .orElseThrow()
                .path("_rev")
                .asText();
        target.documents().delete("_design/guard", guardRev);
        var ids = refusals.heard().stream().map(RefusedDocument::id).toList();
        var retried = new DocumentCopy(Runs.replication(source, target), refusals).copy(ids);
        // Then
        assertThat(retried.written()).isEqualTo(10);
        assertThat(target.info().documents()).isEqualTo(40);
    }

    @Test
    void setsADocumentAsideThatIsTooLargeForTheTarget() {
        // Given: larger than CouchDB's max_document_size of 8 MB, which replicated writes may not exceed either
        var large = "{\"_id\":\"large\",\"_rev\":\"1-a\",\"_revisions\":{\"start\":1,\"ids\":[\"a\"]},\"text\":\""
                + "x".repeat(7_900_000) + "\"}";
        assertThat(source.bulk().replicate(List.of(RawJson.of(large.getBytes(StandardCharsets.UTF_8)))))
                .isEmpty();
        write(source, "d", 20);
        var refusals = new Runs.Refusals();
        var limits = ReplicationLimits.DEFAULT.bytes(1 << 20, 4 << 20);
        // When
        var result = Runs.run(Runs.replication(source, target).within(limits), refusals);
        // Then
        assertThat(result.caughtUp()).isTrue();
        assertThat(result.done().written()).isEqualTo(20);
        assertThat(refusals.heard()).singleElement().satisfies(refused -> {
            assertThat(refused.id()).isEqualTo("large");
            assertThat(refused.rev()).isEqualTo("1-a");
            assertThat(refused.cause()).isEqualTo(Cause.TOO_LARGE);
            assertThat(refused.reason()).hasSizeLessThan(200);
        });
        // When: with room for it
        var other = DATABASES.fresh("other");
        Runs.caughtUp(Runs.replication(source, other));
        // Then
        assertThat(Leaves.of(other)).isEqualTo(Leaves.of(source));
    }

    @Test
    void leavesACheckpointThatBothSidesCanRead() {
        // Given
        write(source, "d", 3);
        var replication = Runs.replication(source, target);
        // When
        var result = Runs.caughtUp(replication);
        // Then
        for (var side : List.of(source, target)) {
            var kept = side.local().get(replication.id().value()).orElseThrow();
            assertThat(ReplicationLog.of(kept)).hasValueSatisfying(log -> {
                assertThat(log.lastSeq()).isEqualTo(result.checkpoint());
                assertThat(log.history()
                                .getFirst()
                                .details()
                                .path("docs_written")
                                .asLong())
                        .isEqualTo(3);
                assertThat(log.history().getFirst().id()).isEqualTo(log.sessionId());
            });
        }
    }

    @Test
    void beginsAgainWhereOneSideHasLostTheCheckpoint() {
        // Given
        write(source, "d", 3);
        var replication = Runs.replication(source, target);
        Runs.caughtUp(replication);
        source.local().delete(replication.id().value());
        // When
        var again = Runs.caughtUp(replication);
        // Then
        assertThat(again.startSeq()).isEqualTo("0");
        assertThat(again.done().changes()).isEqualTo(3);
        assertThat(again.done().missing()).isZero();
    }

    @Test
    void givesWayToAnotherRunOfTheSameReplication() {
        // Given
        write(source, "d", 3);
        var replication = Runs.replication(source, target);
        // When: another run saves while this one writes
        var result = Runs.run(replication, new ReplicationListener() {
            @Override
            public void beforeWrite(int documents, long bytes) {
                Runs.caughtUp(replication);
            }
        });
        // Then
        assertThat(result.ending()).isEqualTo(new Ending.Overtaken());
        Leaves.assertEqual(source, target);
    }

    @Test
    void endsSoonWhenCancelledAndGoesOnLater() throws Exception {
        // Given
        write(source, "d", 30);
        var replication = Runs.replication(source, target).within(ReplicationLimits.DEFAULT.changesPerPage(10));
        var writing = new CountDownLatch(1);
        var run = new ReplicationRun(
                replication,
                new ReplicationListener() {
                    @Override
                    public void beforeWrite(int documents, long bytes) throws InterruptedException {
                        writing.countDown();
                        new CountDownLatch(1).await();
                    }
                },
                InstantSource.system());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var result = threads.submit(run::run);
            writing.await();
            // When
            run.cancel();
            // Then
            assertThat(result.get().ending()).isEqualTo(new Ending.Cancelled());
        }
        Runs.caughtUp(replication);
        Leaves.assertEqual(source, target);
    }

    @Test
    void stopsWhereTheListenerFailsAndPassesOverNothing() {
        // Given
        target.documents().put("_design/guard", Map.of("validate_doc_update", GUARD));
        source.documents().put("bad", Map.of("shopId", "zeta"));
        var replication = Runs.replication(source, target);
        var full = new IllegalStateException("no room to note it");
        // When
        var result = Runs.run(replication, new ReplicationListener() {
            @Override
            public void refused(List<RefusedDocument> documents) {
                throw full;
            }
        });
        // Then
        assertThat(result.ending()).isEqualTo(new Ending.Stopped(full));
        var refusals = new Runs.Refusals();
        Runs.run(replication, refusals);
        assertThat(refusals.heard()).extracting(RefusedDocument::id).containsExactly("bad");
    }

    @Test
    void findsWhatTheTargetLacks() {
        // Given
        write(source, "d", 25);
        var replication = Runs.replication(source, target).within(ReplicationLimits.DEFAULT.changesPerPage(10));
        Runs.caughtUp(replication);
        var lost = target.rows(List.of("d7", "d19"));
        for (var row : lost) {
            target.bulk().purge(Map.of(row.id(), Leaves.of(target).get(row.id())));
        }
        var missing = new ArrayList<String>();
        // When
        var compared = new LeafComparison(replication).missingAtTarget(page -> missing.addAll(page.keySet()));
        // Then
        assertThat(compared).isEqualTo(25);
        assertThat(missing).containsExactlyInAnyOrder("d7", "d19");
        // When
        new DocumentCopy(replication, ReplicationListener.NONE).copy(missing);
        // Then
        Leaves.assertEqual(source, target);
    }

    private static void write(Database database, String prefix, int count) {
        var documents = IntStream.range(0, count)
                .mapToObj(n -> Map.of("_id", prefix + n, "shopId", "acme", "text", "x".repeat(400)))
                .toList();
        database.bulk().write(documents);
    }
}
