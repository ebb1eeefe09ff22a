package io.shopsync.orchestrator.replication.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.Database;
import io.shopsync.orchestrator.replication.protocol.ReplicationResult.Ending;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class RecreatedDatabasesTest {

    @RegisterExtension
    static final TestDatabases DATABASES = new TestDatabases();

    private Database source;
    private Database target;
    private Replication replication;

    @BeforeEach
    void makeDatabases() {
        source = DATABASES.fresh("source");
        target = DATABASES.fresh("target");
        replication = Runs.replication(source, target)
                .within(ReplicationLimits.DEFAULT.changesPerPage(10).lanes(1));
        write("a", 30);
    }

    @Test
    void copiesAllAgainToATargetMadeAnewBetweenRuns() {
        // Given
        Runs.caughtUp(replication);
        anew(target);
        // When
        var result = Runs.caughtUp(replication);
        // Then
        assertThat(result.startSeq()).isEqualTo("0");
        Leaves.assertEqual(source, target);
    }

    @Test
    void copiesAllOfASourceMadeAnewBetweenRuns() {
        // Given
        Runs.caughtUp(replication);
        anew(source);
        write("b", 12);
        // When
        var result = Runs.caughtUp(replication);
        // Then
        assertThat(result.startSeq()).isEqualTo("0");
        assertThat(result.done().written()).isEqualTo(12);
        assertThat(target.info().documents()).isEqualTo(42);
    }

    /** Also the very first run, in which no side had a checkpoint before. */
    @ParameterizedTest
    @EnumSource(Side.class)
    void noticesADatabaseMadeAnewDuringARun(Side side) {
        // Given
        var done = new AtomicBoolean();
        // When
        var result = Runs.run(replication, new ReplicationListener() {
            @Override
            public void progressed(Tally soFar) {
                if (done.compareAndSet(false, true)) {
                    anew(side == Side.SOURCE ? source : target);
                    write("b", side == Side.SOURCE ? 25 : 0);
                }
            }
        });
        // Then
        assertThat(result.ending()).isEqualTo(new Ending.Recreated(side));
        // When
        Runs.caughtUp(replication);
        // Then
        assertThat(Leaves.of(target)).containsAllEntriesOf(Leaves.of(source));
    }

    @Test
    void doesNotTrustACheckpointThatWasRestoredIntoAnotherDatabase() {
        // Given
        Runs.caughtUp(replication);
        var kept = target.local().get(replication.id().value()).orElseThrow();
        var fresh = DATABASES.fresh("restored");
        kept.remove("_rev");
        // A restore may come in the same second; the time of making is set apart by hand.
        kept.put("target_instance_start_time", "1");
        fresh.local().put(replication.id().value(), kept);
        // When
        var result = Runs.caughtUp(Replication.of(replication.id(), source, fresh));
        // Then
        assertThat(result.startSeq()).isEqualTo("0");
        Leaves.assertEqual(source, fresh);
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void saysWhichDatabaseIsMissing(Side side) {
        // Given
        (side == Side.SOURCE ? source : target).delete();
        // When
        var result = Runs.run(replication);
        // Then
        assertThat(result.ending()).isInstanceOfSatisfying(Ending.Failed.class, failed -> {
            assertThat(failed.side()).isEqualTo(side);
            assertThat(failed.reason())
                    .isInstanceOfSatisfying(
                            CouchException.NotFound.class,
                            missing -> assertThat(missing.databaseMissing()).isTrue());
        });
    }

    private void write(String prefix, int count) {
        source.bulk()
                .write(IntStream.range(0, count)
                        .mapToObj(n -> Map.of("_id", prefix + n))
                        .toList());
    }

    private static void anew(Database database) {
        database.delete();
        database.create(1);
    }
}
