package io.shopsync.couchdb.embedded.query;

import java.util.function.BooleanSupplier;

/** A condition without an answer. Where elements are asked, CouchDB takes that for a no. */
final class Unanswerable extends RuntimeException {
    Unanswerable() {
        super("no answer", null, false, false);
    }

    static boolean meansNo(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (Unanswerable e) {
            return false;
        }
    }
}
