package io.shopsync.stack;

import io.shopsync.stack.couchdb.CouchServer;
import java.net.URI;

/**
 * Where the infrastructure is.
 *
 * @param kafka host:port
 * @param postgres host:port
 * @param couchdb base URL, without credentials
 * @param couchdbKind where CouchDB comes from
 * @param couchdbAdmin name of its admin
 * @param couchdbPassword of that admin
 * @param couchdbLog the file in which it tells of each request; null where that cannot be read here
 */
public record Addresses(
        String kafka,
        String postgres,
        URI couchdb,
        CouchServer.Kind couchdbKind,
        String couchdbAdmin,
        String couchdbPassword,
        String couchdbLog) {

    @Override
    public String toString() {
        return "Addresses[kafka=" + kafka + ", postgres=" + postgres + ", couchdb=" + couchdb + ", " + couchdbKind
                + ", password redacted]";
    }
}
