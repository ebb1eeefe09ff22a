package io.shopsync.couchdb;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.shopsync.couchdb.changes.DatabaseUpdate;
import io.shopsync.couchdb.changes.DatabaseUpdate.Kind;
import io.shopsync.couchdb.changes.DatabaseUpdatesPage;
import java.util.List;
import java.util.Optional;

/** Which databases of a server change ({@code _db_updates}); only server admins may use this. */
public final class DatabaseUpdates {

    private final Transport transport;

    DatabaseUpdates(Transport transport) {
        this.transport = transport;
    }

    /** What is known now, after the opaque {@code since} of this feed. */
    public DatabaseUpdatesPage page(String since) {
        var answer = transport.read(Call.get(route().with("since", since)), Answer.class);
        return new DatabaseUpdatesPage(
                answer.results().stream().map(Row::update).toList(), answer.lastSeq());
    }

    /** News as they come, after the opaque {@code since} of this feed; half a second late by CouchDB's default. */
    public Feed<DatabaseUpdate> feed(String since) {
        var call = Call.get(Feed.continuous(route(), transport.options()).with("since", since));
        return Feed.open(transport, call, line -> {
            var row = Json.MAPPER.readValue(line, Row.class);
            return row.database() == null ? Optional.empty() : Optional.of(row.update());
        });
    }

    private static Route route() {
        return Route.root("_db_updates");
    }

    private record Answer(
            List<Row> results, @JsonProperty("last_seq") String lastSeq) {}

    private record Row(@JsonProperty("db_name") String database, String type, String seq) {
        DatabaseUpdate update() {
            var kind = switch (type) {
                case "created" -> Kind.CREATED;
                case "updated" -> Kind.UPDATED;
                case "deleted" -> Kind.DELETED;
                default -> Kind.OTHER;
            };
            return new DatabaseUpdate(database, kind, seq);
        }
    }
}
