package io.shopsync.couchdb.embedded.feed;

import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.http.Router;
import io.shopsync.couchdb.embedded.http.Sink;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.store.Entry;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.List;

/** {@code /_db_updates}: the changes of {@code _global_changes}, told as what happened to which database. */
public final class UpdatesResource {
    private final Databases databases;

    private UpdatesResource(Databases databases) {
        this.databases = databases;
    }

    public static void register(Router router, Databases databases) {
        router.server("GET", "_db_updates", new UpdatesResource(databases)::updates);
    }

    private Response updates(Request request) {
        Database database = databases.get(GlobalChanges.DATABASE);
        ChangesQuery query = ChangesQuery.parse(request, database);
        return Response.stream(200, sink -> new Updates(database, query, sink).tell());
    }

    private static final class Updates extends ChangesFeed {
        Updates(Database database, ChangesQuery query, Sink sink) {
            super(database, query, sink, FeedFormat.ofServer(query.kind()));
        }

        @Override
        byte[] row(String sequence, String id, Entry entry, List<Revision> told) {
            int colon = id.indexOf(':');
            if (colon < 0) {
                return null;
            }
            return Json.bytes(Json.object()
                    .put("db_name", id.substring(colon + 1))
                    .put("type", id.substring(0, colon))
                    .put("seq", sequence));
        }
    }
}
