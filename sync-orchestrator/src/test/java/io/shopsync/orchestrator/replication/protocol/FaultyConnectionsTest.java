package io.shopsync.orchestrator.replication.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Credentials;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.document.WriteOutcome.Cause;
import io.shopsync.orchestrator.replication.protocol.FaultyProxy.Fault;
import io.shopsync.orchestrator.replication.protocol.ReplicationResult.Ending;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class FaultyConnectionsTest {

    @RegisterExtension
    static final TestDatabases DATABASES = new TestDatabases();

    private static final int DOCUMENTS = 60;

    private FaultyProxy toSource;
    private FaultyProxy toTarget;
    private CouchServer sourceServer;
    private CouchServer targetServer;
    private Database source;
    private Database target;
    private Replication replication;

    @BeforeEach
    void putProxiesBetween() throws IOException {
        toSource = new FaultyProxy(TestDatabases.url());
        toTarget = new FaultyProxy(TestDatabases.url());
        source = DATABASES.fresh("source");
        target = DATABASES.fresh("target");
        sourceServer = through(toSource);
        targetServer = through(toTarget);
        replication = Runs.replication(sourceServer.database(source.name()), targetServer.database(target.name()))
                .within(ReplicationLimits.DEFAULT.changesPerPage(10).checkpointEvery(Duration.ZERO));
        source.bulk()
                .write(IntStream.range(0, DOCUMENTS)
                        .mapToObj(n -> Map.of("_id", "d%02d".formatted(n), "text", "x".repeat(200)))
                        .toList());
    }

    @AfterEach
    void takeProxiesAway() throws IOException {
        sourceServer.close();
        targetServer.close();
        toSource.close();
        toTarget.close();
    }

    private static CouchServer through(FaultyProxy proxy) {
        return CouchServer.connect(TestDatabases.options(proxy.url())
                .withRequestTimeout(Duration.ofSeconds(10))
                .withIdleTimeout(Duration.ofSeconds(10)));
    }

    /** {@code nth} is which request of that kind is cut; GETs of the JDK's client are sent again when the first is lost. */
    @ParameterizedTest
    @CsvSource({
        "SOURCE, GET /replication-source-[^/]* , 1",
        "TARGET, GET /replication-target-[^/]* , 1",
        "SOURCE, GET .*/_local/, 1",
        "TARGET, GET .*/_local/, 1",
        "SOURCE, GET .*/_local/, 3",
        "SOURCE, PUT .*/_local/, 1",
        "TARGET, PUT .*/_local/, 1",
        "SOURCE, PUT .*/_local/, 2",
        "TARGET, PUT .*/_local/, 3",
        "SOURCE, GET .*/_changes, 1",
        "SOURCE, GET .*/_changes, 4",
        "SOURCE, POST .*/_bulk_get, 1",
        "SOURCE, POST .*/_bulk_get, 5",
        "TARGET, POST .*/_bulk_docs, 1",
        "TARGET, POST .*/_bulk_docs, 5"
    })
    void goesOnAfterACutInAnyPhase(Side side, String request, int nth) {
        for (var fault : new Fault[] {Fault.BEFORE, Fault.AFTER, Fault.MIDWAY}) {
            // Given
            var proxy = side == Side.SOURCE ? toSource : toTarget;
            var seen = new AtomicInteger();
            proxy.fail((line, _) -> line.matches(request + ".*") && seen.incrementAndGet() >= nth ? fault : Fault.NONE);
            // When
            var cut = Runs.run(replication);
            // Then
            assertThat(cut.ending()).as(fault.name()).isInstanceOfSatisfying(Ending.Failed.class, failed -> {
                assertThat(failed.side()).isEqualTo(side);
                assertThat(failed.reason()).isInstanceOf(CouchException.Unreachable.class);
            });
            // When
            proxy.fail((_, _) -> Fault.NONE);
            Runs.caughtUp(replication);
            // Then
            Leaves.assertEqual(source, target);
            startAnew();
        }
    }

    @ParameterizedTest
    @CsvSource({"BEFORE", "AFTER", "MIDWAY"})
    void goesOnAfterACutWhileItAsksWhatTheTargetLacks(Fault fault) {
        // Given: a target that is not empty
        target.documents().put("already", Map.of());
        var seen = new AtomicInteger();
        toTarget.fail((line, _) -> line.contains("_revs_diff") && seen.incrementAndGet() > 2 ? fault : Fault.NONE);
        // When
        var cut = Runs.run(replication);
        toTarget.fail((_, _) -> Fault.NONE);
        var after = Runs.caughtUp(replication);
        // Then
        assertThat(cut.ending()).isInstanceOf(Ending.Failed.class);
        assertThat(cut.done().changes()).isEqualTo(20);
        assertThat(after.startSeq()).isEqualTo(cut.checkpoint()).isNotEqualTo("0");
        assertThat(after.done().changes()).isEqualTo(DOCUMENTS - 20);
        assertThat(target.info().documents()).isEqualTo(DOCUMENTS + 1);
    }

    @Test
    void findsTheDocumentThatIsTooLargeForWhateverStandsBetween() {
        // Given
        source.documents().put("large", Map.of("text", "x".repeat(50_000)));
        toTarget.fail((line, length) -> line.contains("_bulk_docs") && length > 20_000 ? Fault.TOO_LARGE : Fault.NONE);
        var refusals = new Runs.Refusals();
        // When
        var result = Runs.run(replication, refusals);
        // Then
        assertThat(result.caughtUp()).isTrue();
        assertThat(result.done().written()).isEqualTo(DOCUMENTS);
        assertThat(refusals.heard()).singleElement().satisfies(refused -> {
            assertThat(refused.id()).isEqualTo("large");
            assertThat(refused.cause()).isEqualTo(Cause.TOO_LARGE);
        });
    }

    @Test
    void setsADocumentAsideThatBreaksTheServer() {
        // Given: every write that holds the one document fails, by its size alone
        source.documents().put("poison", Map.of("text", "x".repeat(50_000)));
        toTarget.fail((line, length) -> line.contains("_bulk_docs") && length > 20_000 ? Fault.BROKEN : Fault.NONE);
        var refusals = new Runs.Refusals();
        // When
        var result = Runs.run(replication, refusals);
        // Then
        assertThat(result.caughtUp()).isTrue();
        assertThat(refusals.heard())
                .extracting(RefusedDocument::id, RefusedDocument::cause)
                .containsExactly(tuple("poison", Cause.SERVER));
    }

    @Test
    void failsWhereTheTargetFailsOnEverything() {
        // Given
        toTarget.fail((line, _) -> line.contains("_bulk_docs") ? Fault.BROKEN : Fault.NONE);
        // When
        var result = Runs.run(replication);
        // Then
        assertThat(result.ending()).isInstanceOfSatisfying(Ending.Failed.class, failed -> {
            assertThat(failed.side()).isEqualTo(Side.TARGET);
            assertThat(failed.reason().transientFailure()).isTrue();
        });
        assertThat(result.checkpoint()).isEqualTo("0");
    }

    @Test
    void saysWhenThePasswordIsWrong() {
        // Given
        var stranger = targetServer.as(Credentials.basic("nobody", "nothing"));
        var refused = Replication.of(replication.id(), source, stranger.database(target.name()));
        // When
        var result = Runs.run(refused);
        // Then
        assertThat(result.ending()).isInstanceOfSatisfying(Ending.Failed.class, failed -> {
            assertThat(failed.side()).isEqualTo(Side.TARGET);
            assertThat(failed.reason()).isInstanceOf(CouchException.Unauthorized.class);
        });
    }

    private void startAnew() {
        target.delete();
        target.create(1);
    }
}
