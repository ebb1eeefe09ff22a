package io.shopsync.audit.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A moment in the story of a shop.
 *
 * @param what what happened, as a sentence
 * @param actor who asked for it; absent for the system itself
 * @param event the id of the event in the ledger
 * @param millisSinceCause since what led to it directly
 * @param millisSinceStart since the first of all that led to it
 * @param because what led to it, the nearest first
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TimelineEntry(
        Instant time,
        String what,
        Optional<String> actor,
        UUID event,
        String type,
        Optional<Long> millisSinceCause,
        Optional<Long> millisSinceStart,
        List<Cause> because) {

    /** One of the events that led to another. */
    public record Cause(Instant time, String what, UUID event, String type) {}

    public TimelineEntry {
        because = List.copyOf(because);
    }
}
