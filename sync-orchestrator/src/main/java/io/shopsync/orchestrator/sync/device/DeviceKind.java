package io.shopsync.orchestrator.sync.device;

import com.fasterxml.jackson.databind.JsonNode;

/** Whose form a checkpoint has. */
public enum DeviceKind {
    /** PouchDB, as in tills. */
    POUCHDB,
    /** CouchDB's own replicator, such as that of an edge server. */
    COUCHDB,
    /** Another replicator of the same protocol. */
    OTHER;

    static DeviceKind of(JsonNode checkpoint) {
        if ("pouchdb".equals(checkpoint.path("replicator").textValue())) {
            return POUCHDB;
        }
        return checkpoint.has("replication_id_version") ? COUCHDB : OTHER;
    }
}
