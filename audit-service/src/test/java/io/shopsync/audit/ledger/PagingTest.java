package io.shopsync.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.audit.AuditTest;
import io.shopsync.audit.Facts;
import io.shopsync.audit.Given;
import io.shopsync.audit.intake.IncomingEvent;
import io.shopsync.audit.platform.TimeOrder;
import io.shopsync.audit.platform.TimeRange;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.ShopEvent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever arrives while a list is read: each event that was there is on exactly one page, and none is on two. */
@AuditTest
class PagingTest {

    private static final Instant AROUND = Instant.parse("2025-06-30T23:59:59.990Z");

    @Inject
    Ledger ledger;

    @Inject
    LedgerQueries queries;

    @RepeatedTest(20)
    void givesEachEventOnceWhileOthersArrive(RepetitionInfo repetition) {
        // Given
        long seed = 7919L * repetition.getCurrentRepetition();
        var random = new Random(seed);
        var shop = Given.shop();
        var order = random.nextBoolean() ? TimeOrder.DESC : TimeOrder.ASC;
        var there = someEvents(random, shop, 1 + random.nextInt(60));
        ledger.store(there);
        var filter = new EventFilter(
                Optional.of(Set.of(shop)), List.of(), new TimeRange(Optional.empty(), Optional.empty()));
        // When
        var seen = new ArrayList<RecordedEvent>();
        var cursor = Optional.<String>empty();
        do {
            var page = queries.page(filter, order, cursor, 1 + random.nextInt(9));
            seen.addAll(page.items());
            ledger.store(someEvents(random, shop, random.nextInt(5)));
            cursor = page.next();
        } while (cursor.isPresent() && seen.size() < 1000);
        // Then
        assertThat(seen).as("seed %d", seed).extracting(RecordedEvent::id).doesNotHaveDuplicates();
        assertThat(seen)
                .as("seed %d", seed)
                .extracting(RecordedEvent::id)
                .containsAll(there.stream().map(IncomingEvent::id).toList());
        assertThat(seen)
                .as("seed %d", seed)
                .extracting(RecordedEvent::time)
                .isSortedAccordingTo(order == TimeOrder.ASC ? Comparator.naturalOrder() : Comparator.reverseOrder());
    }

    /** Close to each other, so that many share a millisecond, and across a month's end. */
    private static List<IncomingEvent> someEvents(Random random, ShopId shop, int count) {
        return random.ints(count, 0, 20)
                .mapToObj(millis -> Facts.of(Given.at(AROUND.plusMillis(millis), new ShopEvent.SyncEnabled(shop))))
                .toList();
    }
}
