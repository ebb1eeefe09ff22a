package io.shopsync.couchdb.embedded.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.http.Routes;
import io.shopsync.couchdb.embedded.store.Database;
import java.util.function.Function;
import java.util.function.Predicate;

/** {@code /{db}/_changes} */
public final class ChangesResource {
    private final Function<JsonNode, Predicate<JsonNode>> selectors;

    private ChangesResource(Function<JsonNode, Predicate<JsonNode>> selectors) {
        this.selectors = selectors;
    }

    /** @param selectors makes a test of a selector, or throws CouchError */
    public static void register(Routes routes, Function<JsonNode, Predicate<JsonNode>> selectors) {
        ChangesResource resource = new ChangesResource(selectors);
        routes.database("GET", "_changes", resource::changes).database("POST", "_changes", resource::changes);
    }

    private Response changes(Request request, Database database) {
        ChangesQuery query = ChangesQuery.parse(request, database, selectors);
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
