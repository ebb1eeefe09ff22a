package io.shopsync.orchestrator.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.LoginKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The {@code _users} document of a shop's login.
 *
 * <p>CouchDB hashes a password anew at its first use ({@code upgrade_hash_on_auth}, on by default): salt, iterations,
 * key and revision are then no longer ours. The document therefore also holds the fingerprint of the key it was written
 * with, which CouchDB leaves alone, and that is what is compared.
 */
public final class LoginDocument {

    /** The database of logins. */
    public static final String DATABASE = "_users";

    private static final String ID_PREFIX = "org.couchdb.user:";
    private static final String FINGERPRINT = "shopsyncKey";

    private LoginDocument() {}

    /** The id of a login's document. */
    public static String idOf(String login) {
        return ID_PREFIX + login;
    }

    /** The document of a login that holds the shop's role and no other, without a revision. */
    public static ObjectNode of(ShopId shop, LoginKey key) {
        var document = JsonNodeFactory.instance.objectNode();
        document.put("_id", idOf(key.login()));
        document.put("type", "user");
        document.put("name", key.login());
        document.putArray("roles").add(shop.role());
        document.put("password_scheme", "pbkdf2");
        document.put("pbkdf2_prf", key.prf());
        document.put("iterations", key.iterations());
        document.put("salt", key.salt());
        document.put("derived_key", key.derivedKey());
        document.put(FINGERPRINT, fingerprint(key));
        return document;
    }

    /** Whether a stored document lets exactly this login in, with this key and the shop's role alone. */
    public static boolean isInstalled(ShopId shop, LoginKey key, JsonNode stored) {
        var roles = stored.path("roles");
        return "user".equals(stored.path("type").textValue())
                && key.login().equals(stored.path("name").textValue())
                && roles.size() == 1
                && shop.role().equals(roles.path(0).textValue())
                && stored.hasNonNull("derived_key")
                && fingerprint(key).equals(stored.path(FINGERPRINT).textValue());
    }

    private static String fingerprint(LoginKey key) {
        try {
            var text = String.join("|", key.prf(), String.valueOf(key.iterations()), key.salt(), key.derivedKey());
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
