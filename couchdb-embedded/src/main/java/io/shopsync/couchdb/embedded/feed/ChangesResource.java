package io.shopsync.couchdb.embedded.feed;

import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.http.Router;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.store.Entry;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.List;

/**
 * {@code /{db}/_changes}, and {@code /_db_updates}: the changes of {@code _global_changes}, told as what happened to
 * which database.
 */
public final class ChangesResource {
    private ChangesResource() {}

    public static void register(Router router, Databases databases) {
        router.database("GET", "_changes", ChangesResource::changes)
                .database("POST", "_changes", ChangesResource::changes)
                .server("GET", "_db_updates", request -> updates(request, databases.get(GlobalChanges.DATABASE)));
    }

    private static Response changes(Request request, Database database) {
        ChangesQuery query = ChangesQuery.parse(request, database);
        Response response = Response.stream(
                200, sink -> new ChangesFeed(database, query, sink, new FeedFormat(query.kind(), false)).tell());
        return switch (query.kind()) {
            case EVENTSOURCE ->
                response.header("Content-Type", "text/event-stream").header("Cache-Control", "no-cache");
            case NORMAL ->
                query.descending() ? response : response.etag(Sequence.format(database, database.updateSequence()));
            case LONGPOLL, CONTINUOUS -> response;
        };
    }

    private static Response updates(Request request, Database database) {
        ChangesQuery query = ChangesQuery.parse(request, database);
        return Response.stream(
                200,
                sink -> new ChangesFeed(database, query, sink, new FeedFormat(query.kind(), true)) {
                    @Override
                    byte[] row(String sequence, String id, Entry entry, List<Revision> told) {
                        int colon = id.indexOf(':');
                        return colon < 0
                                ? null
                                : Json.bytes(Json.object()
                                        .put("db_name", id.substring(colon + 1))
                                        .put("type", id.substring(0, colon))
                                        .put("seq", sequence));
                    }
                }.tell());
    }
}
