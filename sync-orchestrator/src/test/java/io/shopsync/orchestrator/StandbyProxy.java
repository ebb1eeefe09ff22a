package io.shopsync.orchestrator;

import io.shopsync.stack.testing.CouchResource;

/** Stands between the service and a standby CouchDB. */
public final class StandbyProxy extends CouchProxy {

    /** The system property with its URL. */
    static final String URL = "test.couch.standby.proxy";

    @Override
    protected CouchResource.Address upstream() {
        return CouchResource.standby();
    }

    @Override
    protected String urlProperty() {
        return URL;
    }

    @Override
    protected String prefix() {
        return "shopsync.replication.standby";
    }
}
