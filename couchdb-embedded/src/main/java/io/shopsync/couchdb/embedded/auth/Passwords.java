package io.shopsync.couchdb.embedded.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.ErlangTerm;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Passwords as documents of {@code _users} keep them: a PBKDF2 key in hexadecimal, its salt used as the text it is
 * ({@code couch_passwords}, {@code couch_users_db}). Keys derived elsewhere are taken as they are.
 */
public final class Passwords {
    private static final HexFormat HEX = HexFormat.of();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<String> DERIVED = List.of(
            "derived_key",
            "iterations",
            "password",
            "password_scheme",
            "password_sha",
            "preserve_salt",
            "pbkdf2_prf",
            "salt");

    private final Config config;

    /** @param config {@code [chttpd_auth]} says {@code iterations} and {@code pbkdf2_prf} for new keys */
    public Passwords(Config config) {
        this.config = config;
    }

    /**
     * Replaces {@code password} by a key derived from it with a fresh salt. A document without one stays as it is.
     *
     * @throws CouchError 403 where the password is no string
     */
    public void derive(ObjectNode user) {
        var password = user.path("password");
        if (password.isMissingNode() || password.isNull()) {
            return;
        }
        if (!password.isTextual()) {
            throw CouchError.forbidden("Password value of '" + ErlangTerm.pretty(password) + "' is invalid.");
        }
        var prf = config.get("chttpd_auth", "pbkdf2_prf", "sha256");
        int iterations = config.number("chttpd_auth", "iterations", 600_000);
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        user.remove(DERIVED);
        user.put("password_scheme", "pbkdf2")
                .put("pbkdf2_prf", prf)
                .put("salt", HEX.formatHex(salt))
                .put("iterations", iterations)
                .put("derived_key", pbkdf2(prf, password.textValue(), HEX.formatHex(salt), iterations));
    }

    /**
     * Whether {@code password} is the one whose key {@code user} keeps.
     *
     * @throws CouchError 403 where the document names a PRF that CouchDB has not
     */
    public boolean matches(ObjectNode user, String password) {
        var salt = user.path("salt").asText("");
        var scheme = user.path("password_scheme").asText("simple");
        var expected = user.path(scheme.equals("simple") ? "password_sha" : "derived_key");
        var actual = switch (scheme) {
            case "pbkdf2" -> pbkdf2(user, password, salt);
            case "simple+pbkdf2" -> pbkdf2(user, sha1(password + salt), salt);
            default -> sha1(password + salt);
        };
        return expected.isTextual()
                && MessageDigest.isEqual(expected.textValue().getBytes(UTF_8), actual.getBytes(UTF_8));
    }

    private static String pbkdf2(ObjectNode user, String password, String salt) {
        return pbkdf2(
                user.path("pbkdf2_prf").asText("sha"),
                password,
                salt,
                user.path("iterations").asInt(10_000));
    }

    private static String pbkdf2(String prf, String password, String salt, int iterations) {
        int bits = switch (prf) {
            case "sha" -> 160;
            case "sha224" -> 224;
            case "sha256" -> 256;
            case "sha384" -> 384;
            case "sha512" -> 512;
            default -> throw CouchError.forbidden("PRF is invalid");
        };
        var algorithm = "PBKDF2WithHmac" + (bits == 160 ? "SHA1" : prf.toUpperCase(Locale.ROOT));
        try {
            var key = new PBEKeySpec(password.toCharArray(), salt.getBytes(UTF_8), iterations, bits);
            return HEX.formatHex(
                    SecretKeyFactory.getInstance(algorithm).generateSecret(key).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha1(String text) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
