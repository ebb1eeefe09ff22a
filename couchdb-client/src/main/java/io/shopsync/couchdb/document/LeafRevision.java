package io.shopsync.couchdb.document;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A revision asked for by {@code open_revs}. */
public sealed interface LeafRevision {

    /** The revision's id. */
    String rev();

    /** It is there; a deleted one has {@code _deleted}. */
    record Found(ObjectNode document) implements LeafRevision {
        @Override
        public String rev() {
            return document.path("_rev").asText();
        }
    }

    /** It is not, or not any more. */
    record Missing(String rev) implements LeafRevision {}
}
