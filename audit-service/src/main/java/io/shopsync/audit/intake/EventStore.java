package io.shopsync.audit.intake;

import io.shopsync.audit.platform.DatabaseException;
import java.util.List;

/** Where events of a batch go. */
@FunctionalInterface
public interface EventStore {

    /**
     * Stores all of the events or none; storing an event again has no effect.
     *
     * @throws DatabaseException where they could not be stored
     */
    void store(List<IncomingEvent> events);
}
