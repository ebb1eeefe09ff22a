package io.shopsync.couchdb.changes;

import java.util.List;
import java.util.OptionalLong;

/**
 * Some changes of a database.
 *
 * @param lastSeq the opaque sequence to go on from
 * @param pending how many changes come after these; with a filter, before it is applied. Empty where the server does not
 *     say
 */
public record ChangesPage(List<Change> changes, String lastSeq, OptionalLong pending) {

    public ChangesPage {
        changes = List.copyOf(changes);
    }
}
