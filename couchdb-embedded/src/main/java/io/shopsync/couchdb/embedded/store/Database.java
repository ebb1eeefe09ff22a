package io.shopsync.couchdb.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.auth.UserContext;
import java.util.Optional;
import java.util.function.Predicate;

/** One database. */
public interface Database {
    String name();

    /**
     * Passes the winning revision of each live document in {@code range}, {@code _id} and {@code _rev} in it, until the
     * visitor returns false. Design documents are among them.
     */
    void documents(Range range, Predicate<ObjectNode> visitor);

    /** The winning revision with {@code _id} and {@code _rev}; empty when there is none or it is deleted. */
    Optional<ObjectNode> document(String id);

    /**
     * Writes as {@code PUT /{db}/{id}} does, with the checks, hooks and validation of that.
     *
     * @return the new revision
     * @throws io.shopsync.couchdb.embedded.wire.CouchError 409 and whatever validation says
     */
    String put(ObjectNode document, UserContext user);

    /** The number of the latest update. */
    long updateSequence();

    /** Calls back after each update, on the writer's thread: be brief. Closing ends that. */
    AutoCloseable onUpdate(Runnable listener);
}
