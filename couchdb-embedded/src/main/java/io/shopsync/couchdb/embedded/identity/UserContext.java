package io.shopsync.couchdb.embedded.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.List;

/**
 * Who asks, as CouchDB's {@code userCtx}.
 *
 * @param name null for nobody
 * @param roles as in the user's document or token; {@code _admin} for a server admin
 * @param handler how they were recognised ({@code default}, {@code cookie}, {@code jwt}), null for nobody
 */
public record UserContext(String name, List<String> roles, String handler) {
    public static final UserContext ANONYMOUS = new UserContext(null, List.of(), null);
    /** The server itself: what replication states and upgraded hashes are written as. */
    public static final UserContext SERVER = new UserContext(null, List.of("_admin"), null);

    public UserContext {
        roles = List.copyOf(roles);
    }

    public boolean isServerAdmin() {
        return roles.contains("_admin");
    }

    /** @throws CouchError 401 {@code You are not a server admin.}, also for users who are logged in */
    public void requireServerAdmin() {
        if (!isServerAdmin()) {
            throw CouchError.unauthorized("You are not a server admin.");
        }
    }

    /** {@code {"name":…,"roles":[…]}} */
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("name", name);
        roles.forEach(json.putArray("roles")::add);
        return json;
    }
}
