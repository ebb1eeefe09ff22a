package io.shopsync.couchdb.replicator;

import java.util.List;

/**
 * Some of the scheduler's jobs or documents.
 *
 * @param total how many there are at all. Where states were asked for it counts the others too, so a page shorter than
 *     its limit is not the last for certain: go on until {@code offset} reaches {@code total}
 */
public record SchedulerPage<T>(long total, long offset, List<T> items) {

    public SchedulerPage {
        items = List.copyOf(items);
    }
}
