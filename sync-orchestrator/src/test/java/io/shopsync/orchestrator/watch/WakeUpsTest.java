package io.shopsync.orchestrator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.couchdb.changes.DatabaseUpdate;
import io.shopsync.couchdb.changes.DatabaseUpdate.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class WakeUpsTest {

    private static final Duration HOLD = Duration.ofMillis(300);

    private final WakeUps wakeUps = new WakeUps(HOLD);

    @Test
    void aChangedDatabaseComesOutAtOnceAndOnce() throws InterruptedException {
        // Given
        wakeUps.add(update("old", Kind.UPDATED));
        wakeUps.add(update("old", Kind.UPDATED));

        // When
        var heard = wakeUps.take();

        // Then
        assertThat(heard.changed()).containsExactly("old");
        assertThat(heard.created()).isEmpty();
    }

    @Test
    void aNewDatabaseIsHeldBackAndComesOutOnceThoughItGetsItsGuardMeanwhile() throws InterruptedException {
        // Given
        var began = System.nanoTime();
        wakeUps.add(update("new", Kind.CREATED));
        wakeUps.add(update("new", Kind.UPDATED));
        wakeUps.add(update("old", Kind.UPDATED));

        // When
        var first = wakeUps.take();
        var second = wakeUps.take();

        // Then
        assertThat(first.changed()).containsExactly("old");
        assertThat(first.created()).isEmpty();
        assertThat(second.changed()).isEmpty();
        assertThat(second.created()).containsExactly("new");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isGreaterThanOrEqualTo(HOLD.toMillis());
    }

    @Test
    void whatChangesAfterTheHoldIsAChangeLikeAnyOther() throws InterruptedException {
        // Given
        wakeUps.add(update("new", Kind.CREATED));
        wakeUps.take();
        wakeUps.add(update("new", Kind.UPDATED));

        // When
        var heard = wakeUps.take();

        // Then
        assertThat(heard.changed()).containsExactly("new");
        assertThat(heard.created()).isEmpty();
    }

    @Test
    void oneThatIsDeletedInTheMeantimeComesOutAtOnce() throws InterruptedException {
        // Given
        wakeUps.add(update("new", Kind.CREATED));
        wakeUps.add(update("new", Kind.DELETED));

        // When
        var heard = wakeUps.take();

        // Then
        assertThat(heard.changed()).containsExactly("new");
        assertThat(heard.created()).isEmpty();
    }

    private static DatabaseUpdate update(String database, Kind kind) {
        return new DatabaseUpdate(database, kind, "1-a");
    }
}
