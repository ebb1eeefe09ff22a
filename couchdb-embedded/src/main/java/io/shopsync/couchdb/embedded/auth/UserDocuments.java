package io.shopsync.couchdb.embedded.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.identity.UserContext;
import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.wire.CouchError;
import java.util.List;
import java.util.Set;

/**
 * The documents of {@code _users}: a password is replaced by a derived key before it is stored, and a document must be
 * of a user's form. Source: {@code couch_users_db} and what CouchDB's {@code _design/_auth} says.
 */
public final class UserDocuments implements Databases.Hook {
    private static final String PREFIX = "org.couchdb.user:";
    private static final Set<String> SCHEMES = Set.of("simple", "pbkdf2", "simple+pbkdf2");
    private static final List<String> DERIVED = List.of(
            "derived_key",
            "iterations",
            "password",
            "password_scheme",
            "password_sha",
            "pbkdf2_prf",
            "salt",
            "preserve_salt");

    private final Config config;

    public UserDocuments(Config config) {
        this.config = config;
    }

    @Override
    public ObjectNode beforeWrite(ObjectNode document, UserContext user) {
        String id = document.path("_id").asText();
        if (!user.isServerAdmin() && user.name() != null && !id.equals(PREFIX + user.name())) {
            throw CouchError.notFound("missing");
        }
        JsonNode password = document.path("password");
        if (password.isMissingNode() || password.isNull()) {
            return document;
        }
        if (!password.isTextual()) {
            throw CouchError.forbidden("Password value of '" + password + "' is invalid.");
        }
        ObjectNode derived = Passwords.derive(password.textValue(), config);
        ObjectNode rest = document.deepCopy();
        rest.remove(DERIVED);
        derived.setAll(rest);
        return derived;
    }

    @Override
    public void validate(ObjectNode document, ObjectNode previous, UserContext user, boolean admin) {
        if (document.path("_deleted").asBoolean()) {
            boolean own = previous != null && previous.path("name").asText("").equals(user.name());
            require(user.isServerAdmin() || own, "Only admins may delete other user docs.");
            return;
        }
        String name = document.path("name").asText("");
        JsonNode roles = document.path("roles");
        require(document.path("type").asText().equals("user"), "doc.type must be user");
        require(!name.isEmpty(), "doc.name is required");
        require(!roles.isMissingNode() && !roles.isNull(), "doc.roles must exist");
        require(roles.isArray(), "doc.roles must be an array");
        for (JsonNode role : roles) {
            require(role.isTextual(), "doc.roles can only contain strings");
        }
        require(
                document.path("_id").asText().equals(PREFIX + name),
                "Doc ID must be of the form org.couchdb.user:name");
        require(previous == null || previous.path("name").asText().equals(name), "Usernames can not be changed.");
        validateCredentials(document);
        if (!admin) {
            validateOwn(document, previous, user);
        }
        for (JsonNode role : roles) {
            boolean system =
                    role.textValue().startsWith("_") && !role.textValue().equals("_metrics");
            require(!system, "No system roles (starting with underscore) in users db.");
        }
        require(!name.startsWith("_"), "Username may not start with underscore.");
        require(!name.contains(":"), "Character `:` is not allowed in usernames.");
    }

    private static void validateCredentials(ObjectNode document) {
        require(
                !document.hasNonNull("password_sha") || document.hasNonNull("salt"),
                "Users with password_sha must have a salt.See /_utils/script/couch.js for example code.");
        JsonNode scheme = document.path("password_scheme");
        require(
                scheme.isMissingNode() || SCHEMES.contains(scheme.asText()),
                "Password scheme `" + scheme.asText() + "` not supported.");
        if (scheme.asText().equals("pbkdf2")) {
            require(document.path("iterations").isNumber(), "iterations must be a number.");
            require(document.path("derived_key").isTextual(), "derived_key must be a string.");
        }
    }

    private static void validateOwn(ObjectNode document, ObjectNode previous, UserContext user) {
        if (previous == null) {
            require(document.path("roles").isEmpty(), "Only _admin may set roles");
        } else {
            require(document.path("name").asText().equals(user.name()), "You may only update your own user document.");
            require(
                    Set.copyOf(texts(document.path("roles"))).equals(Set.copyOf(texts(previous.path("roles")))),
                    "Only _admin may edit roles");
        }
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    /** Whoever is neither admin nor the user sees nothing. */
    @Override
    public ObjectNode afterRead(ObjectNode document, UserContext user) {
        String id = document.path("_id").asText();
        if (user.isServerAdmin() || (user.name() != null && id.equals(PREFIX + user.name()))) {
            return document;
        }
        if (id.startsWith("_design/")) {
            throw CouchError.forbidden("Only administrators can view design docs in the users database.");
        }
        throw CouchError.notFound("missing");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw CouchError.forbidden(otherwise);
        }
    }
}
