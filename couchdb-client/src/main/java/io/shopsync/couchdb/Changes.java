package io.shopsync.couchdb;

import io.shopsync.couchdb.changes.Change;
import io.shopsync.couchdb.changes.ChangesPage;
import io.shopsync.couchdb.changes.ChangesQuery;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The changes of a database. */
public final class Changes {

    private final Transport transport;
    private final Route route;

    Changes(Transport transport, Route database) {
        this.transport = transport;
        this.route = database.slash("_changes");
    }

    /** The changes that are there now. Without a limit they are all read into memory. */
    public ChangesPage page(ChangesQuery query) {
        var filtered = query.selector().isPresent() || query.ids().isPresent();
        // A filter may pass over a million changes before it finds one to send: the server shows that it lives.
        var asked = filtered
                ? route.with("heartbeat", transport.options().heartbeat().toMillis())
                : route;
        var call = call(asked, query).within(transport.options().idleTimeout());
        try (var body = transport.stream(call, transport.options().idleTimeout());
                var parser = Json.MAPPER.createParser(body)) {
            var page = new ChangesReader(call).page(parser);
            body.finish();
            return page;
        } catch (IOException e) {
            throw Transport.broken(call, e);
        }
    }

    /** Changes as they come, without end; close it to stop. */
    public Feed<Change> feed(ChangesQuery query) {
        var call = call(Feed.continuous(route, transport.options()), query);
        var reader = new ChangesReader(call);
        return Feed.open(transport, call, line -> {
            try (var parser = Json.MAPPER.createParser(line)) {
                return reader.row(parser);
            }
        });
    }

    private static Call call(Route with, ChangesQuery query) {
        var asked = with.with("since", query.since());
        if (query.limit() != ChangesQuery.UNLIMITED) {
            asked = asked.with("limit", query.limit());
        }
        if (query.allLeaves()) {
            asked = asked.with("style", "all_docs");
        }
        if (query.seqInterval() > 0) {
            asked = asked.with("seq_interval", query.seqInterval());
        }
        if (query.documents()) {
            asked = asked.with("include_docs", true);
        }
        if (query.descending()) {
            asked = asked.with("descending", true);
        }
        return filtered(asked, query);
    }

    private static Call filtered(Route asked, ChangesQuery query) {
        Optional<Call> bySelector =
                query.selector().map(s -> Call.json("POST", asked.with("filter", "_selector"), Map.of("selector", s)));
        Optional<Call> byIds =
                query.ids().map(ids -> Call.json("POST", asked.with("filter", "_doc_ids"), Map.of("doc_ids", ids)));
        return bySelector.or(() -> byIds).orElseGet(() -> Call.get(asked));
    }
}
