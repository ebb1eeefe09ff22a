package io.shopsync.couchdb.embedded.feed;

import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.http.Router;
import io.shopsync.couchdb.embedded.store.Database;

/** {@code /{db}/_changes} */
public final class ChangesResource {
    private ChangesResource() {}

    public static void register(Router router) {
        router.database("GET", "_changes", ChangesResource::changes)
                .database("POST", "_changes", ChangesResource::changes);
    }

    private static Response changes(Request request, Database database) {
        ChangesQuery query = ChangesQuery.parse(request, database);
        Response response = Response.stream(
                200, sink -> new ChangesFeed(database, query, sink, FeedFormat.of(query.kind())).tell());
        return switch (query.kind()) {
            case EVENTSOURCE ->
                response.header("Content-Type", "text/event-stream").header("Cache-Control", "no-cache");
            case NORMAL -> query.descending() ? response : response.etag(etag(database));
            case LONGPOLL, CONTINUOUS -> response;
        };
    }

    private static String etag(Database database) {
        return Sequence.format(database, database.updateSequence());
    }
}
