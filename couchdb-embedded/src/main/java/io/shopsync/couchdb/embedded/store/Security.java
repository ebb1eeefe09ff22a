package io.shopsync.couchdb.embedded.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.identity.UserContext;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.List;

/**
 * Who may do what to a database: its {@code _security} object. A database is public when it names no members at all.
 *
 * @param json as it was set, for whoever reads it
 */
public record Security(ObjectNode json, Group admins, Group members) {
    /** Names and roles that are let in. */
    private record Group(List<String> names, List<String> roles) {
        static Group of(JsonNode json) {
            return new Group(texts(json.path("names")), texts(json.path("roles")));
        }

        boolean isEmpty() {
            return names.isEmpty() && roles.isEmpty();
        }

        boolean has(UserContext user) {
            return (user.name() != null && names.contains(user.name()))
                    || user.roles().stream().anyMatch(roles::contains);
        }

        private static List<String> texts(JsonNode array) {
            return array.valueStream()
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue)
                    .toList();
        }
    }

    /** What CouchDB gives a new database: open to server admins alone. */
    static Security closed() {
        ObjectNode json = Json.object();
        json.putObject("members").putArray("roles").add("_admin");
        json.putObject("admins").putArray("roles").add("_admin");
        return of(json);
    }

    static Security of(ObjectNode json) {
        JsonNode members = json.has("members") ? json.path("members") : json.path("readers");
        return new Security(json, Group.of(json.path("admins")), Group.of(members));
    }

    /**
     * A security object from a client.
     *
     * @throws CouchError 500 {@code no_majority} where it has not the form of one: so CouchDB answers
     */
    static Security parse(JsonNode json) {
        boolean formed = json.isObject() && groupIsFormed(json.path("admins")) && groupIsFormed(json.path("members"));
        if (!formed) {
            throw refused();
        }
        return of((ObjectNode) json);
    }

    static CouchError refused() {
        return new CouchError(500, "error", "no_majority");
    }

    /** What a user is told who may not write design documents or settings. */
    public static CouchError notAdmin(UserContext user) {
        String reason = "You are not a db or server admin.";
        return user.name() == null ? CouchError.unauthorized(reason) : CouchError.forbidden(reason);
    }

    public boolean isAdmin(UserContext user) {
        return user.isServerAdmin() || admins.has(user);
    }

    /** @throws CouchError 401 for nobody, 403 for somebody else */
    public void requireMember(UserContext user) {
        boolean open = members.isEmpty();
        if (open || isAdmin(user) || members.has(user)) {
            return;
        }
        throw user.name() == null
                ? CouchError.unauthorized("You are not authorized to access this db.")
                : CouchError.forbidden("You are not allowed to access this db.");
    }

    private static boolean groupIsFormed(JsonNode group) {
        return group.isMissingNode()
                || (group.isObject() && listIsFormed(group.path("names")) && listIsFormed(group.path("roles")));
    }

    private static boolean listIsFormed(JsonNode list) {
        return list.isMissingNode() || (list.isArray() && list.valueStream().allMatch(JsonNode::isTextual));
    }
}
