package io.shopsync.bench.provision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.bench.PrivateStack;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.couchdb.document.DocumentRow;
import io.shopsync.couchdb.document.WriteOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The requests to CouchDB that one shop takes, copied from a shop that the system made: what is sent here is what the
 * system sends. The copies are called {@code bench_…}, so that no part of the system takes them for a shop.
 *
 * @param shop the one they are copied from
 */
record ShopRequests(ShopId shop, List<DatabaseRequests> databases, List<ObjectNode> logins) {

    private static final String USERS = "_users";
    private static final String GUARDS = "_design/";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What one of its databases was given: create it, the guard, then {@code _security}. */
    record DatabaseRequests(String name, List<ObjectNode> guards, SecurityDocument security) {}

    /** Reads a shop as CouchDB has it. */
    static ShopRequests of(CouchServer server, ShopId shop) {
        var databases = new ArrayList<DatabaseRequests>();
        for (var name : server.databases(ShopDatabase.PREFIX + shop + '_')) {
            var database = server.database(name);
            var guards = database.documentsAfter("", 10, true).stream()
                    .filter(row -> row.id().startsWith(GUARDS))
                    .flatMap(row -> row.body().stream())
                    .map(ShopRequests::withoutRevision)
                    .toList();
            databases.add(new DatabaseRequests(name, guards, database.security()));
        }
        var ids = Stream.of(shop.syncLogin(), shop.adminLogin())
                .map(login -> "org.couchdb.user:" + login)
                .toList();
        var logins = server.database(USERS).documents(ids).stream()
                .filter(DocumentRow.Present.class::isInstance)
                .flatMap(row -> ((DocumentRow.Present) row).body().stream())
                .map(ShopRequests::withoutRevision)
                .toList();
        return new ShopRequests(shop, databases, logins);
    }

    /** Makes one database of a copy, each step when the one before is answered. */
    void makeDatabase(CouchServer server, DatabaseRequests requests, ShopId copy) {
        var database = server.database(renamed(requests.name(), copy));
        database.create(1);
        for (var guard : requests.guards()) {
            database.documents().put(guard.path("_id").asText(), renamed(guard, copy));
        }
        database.putSecurity(renamed(requests.security(), copy));
    }

    /** Writes the logins of many copies in one request. */
    void makeLogins(CouchServer server, Collection<ShopId> copies) {
        var documents = copies.stream()
                .flatMap(copy -> logins.stream().map(login -> renamed(login, copy)))
                .toList();
        for (var outcome : server.database(USERS).bulk().write(documents)) {
            if (outcome instanceof WriteOutcome.Refused refused) {
                throw new IllegalStateException("CouchDB refused a login: " + refused.error());
            }
        }
    }

    /** The names of the databases that a copy has. */
    List<String> databasesOf(ShopId copy) {
        return databases.stream()
                .map(database -> renamed(database.name(), copy))
                .toList();
    }

    /** The ids of the documents of a copy's logins. */
    List<String> loginsOf(ShopId copy) {
        return logins.stream()
                .map(login -> renamed(login.path("_id").asText(), copy))
                .toList();
    }

    private static ObjectNode withoutRevision(ObjectNode document) {
        var copy = document.deepCopy();
        copy.remove("_rev");
        return copy;
    }

    private ObjectNode renamed(ObjectNode document, ShopId copy) {
        try {
            return (ObjectNode) JSON.readTree(renamed(document.toString(), copy));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a shop's id needs no escape in JSON", e);
        }
    }

    private SecurityDocument renamed(SecurityDocument security, ShopId copy) {
        return new SecurityDocument(renamed(security.admins(), copy), renamed(security.members(), copy));
    }

    private SecurityDocument.Group renamed(SecurityDocument.Group group, ShopId copy) {
        return new SecurityDocument.Group(renamed(group.names(), copy), renamed(group.roles(), copy));
    }

    private Set<String> renamed(Set<String> names, ShopId copy) {
        return names.stream().map(name -> renamed(name, copy)).collect(Collectors.toCollection(TreeSet::new));
    }

    private String renamed(String text, ShopId copy) {
        return text.replace(ShopDatabase.PREFIX + shop, PrivateStack.DATABASE_PREFIX + copy)
                .replace(shop.value(), copy.value());
    }
}
