package io.shopsync.couchdb.user;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A login.
 *
 * @param name the login's name, without a colon
 * @param roles in alphabetical order
 * @param key what its password must match; empty in a login that cannot log in
 * @param rev the revision this replaces or was read at; empty for a new one. CouchDB itself writes a new one at the
 *     first login ({@code upgrade_hash_on_auth}), so read it anew before each write.
 */
public record UserDocument(String name, Set<String> roles, Optional<PasswordKey> key, Optional<String> rev) {

    /** What the ids of all user documents begin with. */
    public static final String ID_PREFIX = "org.couchdb.user:";

    public UserDocument {
        if (name.isEmpty() || name.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a user name is not empty and has no colon");
        }
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(rev, "rev");
        roles = Collections.unmodifiableSet(new TreeSet<>(roles));
    }

    /** A login that does not exist yet. */
    public static UserDocument create(String name, Set<String> roles, PasswordKey key) {
        return new UserDocument(name, roles, Optional.of(key), Optional.empty());
    }

    /** The same, to replace revision {@code current}. */
    public UserDocument replacing(String current) {
        return new UserDocument(name, roles, key, Optional.of(current));
    }

    /** The document's id. */
    public String id() {
        return ID_PREFIX + name;
    }

    /** As CouchDB keeps it. */
    public ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("_id", id());
        rev.ifPresent(current -> json.put("_rev", current));
        json.put("name", name).put("type", "user");
        var list = json.putArray("roles");
        roles.forEach(list::add);
        key.ifPresent(k -> json.put("password_scheme", "pbkdf2")
                .put("pbkdf2_prf", k.prf())
                .put("iterations", k.iterations())
                .put("salt", k.salt())
                .put("derived_key", k.derivedKey()));
        return json;
    }

    /** What a document of {@code _users} says. */
    public static UserDocument of(ObjectNode json) {
        var roles = new TreeSet<String>();
        json.path("roles").forEach(role -> roles.add(role.asText()));
        Optional<PasswordKey> key = json.hasNonNull("derived_key")
                ? Optional.of(new PasswordKey(
                        json.path("pbkdf2_prf").asText("sha"),
                        json.path("iterations").asInt(),
                        json.path("salt").asText(),
                        json.path("derived_key").asText()))
                : Optional.empty();
        return new UserDocument(
                json.path("name").asText(),
                roles,
                key,
                Optional.ofNullable(json.path("_rev").textValue()));
    }
}
