package io.shopsync.couchdb.embedded.feed;

import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.http.Sink;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.store.Database.ChangeVisitor;
import io.shopsync.couchdb.embedded.store.Entry;
import io.shopsync.couchdb.embedded.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Tells the changes of a database to one client, once or until it leaves. */
class ChangesFeed {
    private final Database database;
    private final ChangesQuery query;
    private final Sink sink;
    private final FeedFormat format;
    private long since;
    private long left;
    private long pending;

    ChangesFeed(Database database, ChangesQuery query, Sink sink, FeedFormat format) {
        this.database = database;
        this.query = query;
        this.sink = sink;
        this.format = format;
        since = query.since();
        left = query.limit();
    }

    final void tell() throws InterruptedException {
        sink.write(format.begin());
        try (News news = new News(database, sink)) {
            boolean more = true;
            while (more) {
                tellChanges();
                more = query.follows() && !isSatisfied() && waitForNews(news);
            }
        }
        sink.write(format.end(Sequence.format(database, since), pending));
    }

    private boolean isSatisfied() {
        boolean told = left < query.limit();
        return database.isGone()
                || query.descending()
                || left <= 0
                || (query.kind() == ChangesQuery.Kind.LONGPOLL && told);
    }

    /** @return whether to look again */
    private boolean waitForNews(News news) throws InterruptedException {
        String waiting = format.waiting();
        if (waiting != null) {
            sink.write(waiting);
            sink.flush();
        } else if (left < query.limit()) {
            // What was told goes out now; a feed that has told nothing yet sends its status with the first heartbeat.
            sink.flush();
        }
        while (true) {
            boolean came = news.await(query.heartbeat() == null ? query.timeout() : query.heartbeat());
            if (came) {
                return !database.isGone();
            }
            if (query.heartbeat() == null) {
                return false;
            }
            sink.write(format.heartbeat());
            sink.flush();
        }
    }

    private void tellChanges() {
        long total = query.descending() ? database.changesSince(0) : database.changesSince(since);
        if (left <= 0) {
            pending = total;
            return;
        }
        // Known before anything is looked up: what changes meanwhile is told the next time.
        long until = database.updateSequence();
        List<Place> places = lookedUp();
        long[] read = {0};
        ChangeVisitor visitor = (sequence, id) -> {
            read[0]++;
            since = sequence;
            return tellChange(sequence, id);
        };
        if (places == null) {
            database.changes(since, query.descending(), visitor);
        } else if (places.stream().allMatch(place -> visitor.visit(place.sequence(), place.id()))
                && !query.descending()) {
            // What a filter leaves out is still pending then, as CouchDB has it.
            since = Math.max(since, until);
        }
        pending = Math.max(0, total - read[0]);
    }

    private record Place(String id, long sequence) {}

    /** The few documents that a filter names, in the order of the feed; null where it names none. */
    private List<Place> lookedUp() {
        Set<String> ids = query.filter().lookedUp().apply(database);
        if (ids == null) {
            return null;
        }
        Comparator<Place> order = Comparator.comparingLong(Place::sequence);
        return ids.stream()
                .flatMap(id -> database.settledEntry(id).map(entry -> new Place(id, entry.sequence())).stream())
                .filter(place -> query.descending() || place.sequence() > since)
                .sorted(query.descending() ? order.reversed() : order)
                .toList();
    }

    /** @return whether to go on */
    private boolean tellChange(long sequence, String id) {
        Entry entry = database.settledEntry(id).orElse(null);
        boolean movedOn = entry != null && entry.sequence() != sequence;
        // Changed again since the scan began: a feed that goes on tells it at its new place, another one as it is.
        if (entry == null || (movedOn && query.follows())) {
            return true;
        }
        List<Revision> leaves =
                query.allLeaves() ? entry.tree().ranked() : List.of(entry.tree().winner());
        List<Revision> told = query.filter().told(database, id, entry, leaves);
        if (told.isEmpty()) {
            return true;
        }
        boolean dated = left % query.interval() == 0;
        String formatted = Sequence.format(database, sequence);
        byte[] row = row(dated ? formatted : null, id, entry, told);
        if (row != null) {
            format.row(sink, row, formatted);
            left--;
        }
        return left > 0;
    }

    /**
     * One row.
     *
     * @param sequence null where the client wants it only now and then
     * @return the row as JSON, or null to leave it out
     */
    byte[] row(String sequence, String id, Entry entry, List<Revision> told) {
        ByteArrayOutputStream row = new ByteArrayOutputStream(256);
        text(row, sequence == null ? "{\"seq\":null,\"id\":" : "{\"seq\":\"" + sequence + "\",\"id\":");
        row.writeBytes(Json.quoted(id));
        text(row, ",\"changes\":[");
        for (int i = 0; i < told.size(); i++) {
            text(row, i == 0 ? "{\"rev\":" : ",{\"rev\":");
            row.writeBytes(Json.quoted(told.get(i).toString()));
            text(row, "}");
        }
        text(row, entry.tree().isDeleted() ? "],\"deleted\":true" : "]");
        if (query.view() != null) {
            text(row, ",\"doc\":");
            row.writeBytes(database.documents()
                    .read(id, entry, entry.tree().winner())
                    // Compacted away since: there is a newer one.
                    .or(() -> database.documents().find(id))
                    .map(document -> document.toJson(query.view()))
                    .orElseGet(() -> "null".getBytes(StandardCharsets.UTF_8)));
        }
        text(row, "}");
        return row.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
