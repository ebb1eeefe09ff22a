package io.shopsync.couchdb.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.auth.UserContext;

/** All databases of the server. */
public interface Databases {
    /** @throws io.shopsync.couchdb.embedded.wire.CouchError 404 {@code Database does not exist.} */
    Database get(String name);

    /**
     * What is done to documents of one database beside storing them: {@code _users} derives keys,
     * {@code _replicator} checks and adds the owner.
     */
    interface Hook {
        /** @return the document to store. Throws CouchError to refuse it. Replicated writes do not pass here. */
        ObjectNode beforeWrite(ObjectNode document, UserContext user);

        /** @return the document to show */
        default ObjectNode afterRead(ObjectNode document, UserContext user) {
            return document;
        }
    }

    /** Sets the hook of a database, which need not exist yet. */
    void hook(String database, Hook hook);
}
