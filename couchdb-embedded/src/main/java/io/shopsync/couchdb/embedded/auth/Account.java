package io.shopsync.couchdb.embedded.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A name that may log in: a server admin of {@code [admins]}, or a document of {@code _users}.
 *
 * @param credentials the members that stand for the password, the salt among them
 */
public record Account(String name, List<String> roles, ObjectNode credentials) {
    private static final String PREFIX = "org.couchdb.user:";

    /** Never shows credentials. */
    @Override
    public String toString() {
        return "Account[" + name + ", " + roles + "]";
    }

    /** Cookies of this account are made with it: a new password makes the old ones worthless. */
    public String salt() {
        return credentials.path("salt").asText("");
    }

    /** A server admin may have a document too, which adds roles. */
    static Optional<Account> find(String name, Databases databases, Config config) {
        List<String> roles = new ArrayList<>();
        Optional<ObjectNode> document =
                databases.exists("_users") ? databases.get("_users").documents().node(PREFIX + name) : Optional.empty();
        Optional<String> admin = config.get("admins", name);
        admin.ifPresent(line -> roles.add("_admin"));
        document.ifPresent(user -> user.path("roles").forEach(role -> roles.add(role.asText())));
        return admin.map(Account::admin).or(() -> document).map(credentials -> new Account(name, roles, credentials));
    }

    /** {@code -pbkdf2:sha256-KEY,SALT,ITERATIONS} */
    private static ObjectNode admin(String line) {
        String[] parts = line.substring(line.indexOf('-', 1) + 1).split(",", -1);
        String prf = line.startsWith("-pbkdf2:") ? line.substring(8, line.indexOf('-', 1)) : "sha";
        return Json.object()
                .put("password_scheme", "pbkdf2")
                .put("pbkdf2_prf", prf)
                .put("derived_key", parts[0])
                .put("salt", parts[1])
                .put("iterations", Integer.parseInt(parts[2]));
    }

    /** The line that stands for an admin's password in {@code [admins]}. */
    public static String adminLine(String password, Config config) {
        ObjectNode derived = Passwords.derive(password, config);
        return "-pbkdf2:" + derived.path("pbkdf2_prf").asText() + "-"
                + derived.path("derived_key").asText() + ","
                + derived.path("salt").asText() + ","
                + derived.path("iterations").asText();
    }
}
