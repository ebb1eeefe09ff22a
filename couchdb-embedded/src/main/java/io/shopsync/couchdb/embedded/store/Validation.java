package io.shopsync.couchdb.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Runs the {@code validate_doc_update} functions of design documents. */
public interface Validation {
    /**
     * @param function its source
     * @param document as it would be, with {@code _id} and {@code _revisions}
     * @param previous the revision it builds on, or null
     * @param user {@code {"db":…,"name":…,"roles":[…]}}
     * @throws io.shopsync.couchdb.embedded.wire.CouchError what the function threw, or why it could not run
     */
    void check(String function, ObjectNode document, ObjectNode previous, ObjectNode user, ObjectNode security);

    /** @throws io.shopsync.couchdb.embedded.wire.CouchError 400 for a design document CouchDB would not take */
    void checkDesign(ObjectNode body);
}
