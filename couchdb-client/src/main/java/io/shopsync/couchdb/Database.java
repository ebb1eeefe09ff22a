package io.shopsync.couchdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.database.CreateOutcome;
import io.shopsync.couchdb.database.DatabaseInfo;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.couchdb.document.DocumentRow;
import io.shopsync.couchdb.document.FindPage;
import io.shopsync.couchdb.document.FindQuery;
import io.shopsync.couchdb.replicator.Endpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A database of a {@link CouchServer}, which need not exist. */
public final class Database {

    private final Transport transport;
    private final String name;
    private final Route route;

    Database(Transport transport, String name) {
        this.transport = transport;
        this.name = name;
        this.route = Route.database(name);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Makes the database with {@code q} shards, closed to all but server admins, unless it is there. */
    public CreateOutcome create(int q) {
        return create(route.with("q", q));
    }

    /** Makes the database with {@code q} shards of {@code n} copies each, unless it is there. */
    public CreateOutcome create(int q, int n) {
        return create(route.with("q", q).with("n", n));
    }

    private CreateOutcome create(Route with) {
        try {
            transport.bytes(Call.of("PUT", with));
            return CreateOutcome.CREATED;
        } catch (CouchException.AlreadyExists _) {
            return CreateOutcome.EXISTED;
        }
    }

    /** Deletes the database with all it holds; false where there was none. */
    public boolean delete() {
        return transport
                .bytesUnless(Call.of("DELETE", route), CouchException.NotFound::databaseMissing)
                .isPresent();
    }

    /** Whether it exists and we may see it. */
    public boolean exists() {
        try {
            transport.bytes(Call.of("HEAD", route));
            return true;
        } catch (CouchException.NotFound _) {
            return false;
        }
    }

    /** Its figures. */
    public DatabaseInfo info() {
        return transport.read(Call.get(route), DatabaseInfo.class);
    }

    /** Who may use it. */
    public SecurityDocument security() {
        return transport.read(Call.get(route.slash("_security")), SecurityDocument.class);
    }

    /** Replaces who may use it; it holds at once for new requests, but open feeds live on. */
    public void putSecurity(SecurityDocument security) {
        transport.bytes(Call.json("PUT", route.slash("_security"), security));
    }

    /** How many revisions of each document it keeps the ids of; 1000 unless it was told otherwise. */
    public int revisionsLimit() {
        return transport.read(Call.get(route.slash("_revs_limit")), Integer.class);
    }

    /** Sets how many revisions of each document it keeps the ids of; the next compaction forgets those beyond. */
    public void putRevisionsLimit(int limit) {
        transport.bytes(Call.json("PUT", route.slash("_revs_limit"), limit));
    }

    /** Single documents and their attachments. */
    public Documents documents() {
        return new Documents(transport, route);
    }

    /** Many documents at once. */
    public BulkDocuments bulk() {
        return new BulkDocuments(transport, route);
    }

    /** What changed. */
    public Changes changes() {
        return new Changes(transport, route);
    }

    /** Documents that are neither replicated nor seen in changes: where replicators leave their checkpoints. */
    public LocalDocuments local() {
        return new LocalDocuments(transport, route);
    }

    /** Which of {@code ids} exist, in the order asked, without their bodies. */
    public List<DocumentRow> rows(Collection<String> ids) {
        return rows(ids, false);
    }

    /** Which of {@code ids} exist, in the order asked, with their bodies. */
    public List<DocumentRow> documents(Collection<String> ids) {
        return rows(ids, true);
    }

    /**
     * Documents in the order of their ids, deleted ones left out.
     *
     * @param after the id after which to begin; empty for the first
     */
    public List<DocumentRow.Present> documentsAfter(String after, int limit, boolean withBodies) {
        var asked = route.slash("_all_docs").with("include_docs", withBodies);
        // The last one of the page before is asked for again, and not skipped: it may be gone by now.
        asked = after.isEmpty()
                ? asked.with("limit", limit)
                : asked.withJson("start_key", after).with("limit", limit + 1L);
        var found = new ArrayList<DocumentRow.Present>();
        for (var row : transport
                .tree(Call.get(asked).within(transport.options().idleTimeout()))
                .path("rows")) {
            if (row(row) instanceof DocumentRow.Present present
                    && found.size() < limit
                    && !present.id().equals(after)) {
                found.add(present);
            }
        }
        return found;
    }

    /** This database as a replication job names it: by our URL of it, with our login. */
    public Endpoint endpoint() {
        var options = transport.options();
        return new Endpoint(
                URI.create(options.url() + route.path()), options.credentials().login());
    }

    /** Documents that match a Mango selector. Not incremental, and slow without an index. */
    public FindPage find(FindQuery query) {
        var call = Call.json("POST", route.slash("_find"), query)
                .within(transport.options().idleTimeout());
        return transport.read(call, FindPage.class);
    }

    /** Asks the server to compact the database's file; done in the background. */
    public void compact() {
        transport.bytes(Call.json("POST", route.slash("_compact"), Map.of()));
    }

    private List<DocumentRow> rows(Collection<String> ids, boolean withBodies) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var call = Call.json("POST", route.slash("_all_docs").with("include_docs", withBodies), Map.of("keys", ids))
                .within(transport.options().idleTimeout());
        var rows = new ArrayList<DocumentRow>(ids.size());
        transport.tree(call).path("rows").forEach(row -> rows.add(row(row)));
        return rows;
    }

    private static DocumentRow row(JsonNode row) {
        var value = row.path("value");
        if (!value.isObject()) {
            return new DocumentRow.Missing(row.path("key").asText());
        }
        var id = row.path("id").asText();
        var rev = value.path("rev").asText();
        if (value.path("deleted").asBoolean()) {
            return new DocumentRow.Deleted(id, rev);
        }
        return new DocumentRow.Present(
                id, rev, row.path("doc") instanceof ObjectNode body ? Optional.of(body) : Optional.empty());
    }

    @Override
    public String toString() {
        return "Database[" + transport.options().url() + route.path() + ']';
    }
}
