package io.shopsync.couchdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.database.CreateOutcome;
import io.shopsync.couchdb.database.DatabaseInfo;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.couchdb.document.DocumentRow;
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

    /** Single documents and their attachments. */
    public Documents documents() {
        return new Documents(transport, route);
    }

    /** Many documents at once. */
    public BulkDocuments bulk() {
        return new BulkDocuments(transport, route);
    }

    /** Which of {@code ids} exist, in the order asked, without their bodies. */
    public List<DocumentRow> rows(Collection<String> ids) {
        return rows(ids, false);
    }

    /** Which of {@code ids} exist, in the order asked, with their bodies. */
    public List<DocumentRow> documents(Collection<String> ids) {
        return rows(ids, true);
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
