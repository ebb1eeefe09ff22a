package io.shopsync.orchestrator.replication.protocol;

import io.shopsync.couchdb.document.RawJson;
import java.util.Optional;

/** Refuses documents in the place of a target that does not do so itself yet. Asked by several threads at once. */
@FunctionalInterface
public interface Admission {

    /** Leaves it to the target. */
    Admission BY_TARGET = _ -> Optional.empty();

    /** Why the document must not be copied, as the target would say it; empty where it may be. */
    Optional<String> objection(RawJson document);
}
