package io.shopsync.couchdb.embedded.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Digests;
import io.shopsync.couchdb.embedded.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Derived keys instead of passwords, as CouchDB keeps them. Source: {@code couch_passwords}. */
public final class Passwords {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int DEFAULT_ITERATIONS = 600_000;

    /** A pseudo-random function: its name in Java, and the length of its digest, which is that of the key. */
    private record Prf(String algorithm, int bits) {}

    private static final Map<String, Prf> PRFS = Map.of(
            "sha", new Prf("PBKDF2WithHmacSHA1", 160),
            "sha224", new Prf("PBKDF2WithHmacSHA224", 224),
            "sha256", new Prf("PBKDF2WithHmacSHA256", 256),
            "sha384", new Prf("PBKDF2WithHmacSHA384", 384),
            "sha512", new Prf("PBKDF2WithHmacSHA512", 512));

    private Passwords() {}

    /** The members of a user's document that stand for a password, with a new salt. */
    public static ObjectNode derive(String password, Config config) {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String salt = HexFormat.of().formatHex(random);
        String prf = config.get("chttpd_auth", "pbkdf2_prf", "sha256");
        int iterations = config.number("chttpd_auth", "iterations", DEFAULT_ITERATIONS);
        return Json.object()
                .put("password_scheme", "pbkdf2")
                .put("pbkdf2_prf", prf)
                .put("salt", salt)
                .put("iterations", iterations)
                .put("derived_key", pbkdf2(prf, password, salt, iterations));
    }

    /**
     * Whether a password is the one that these members stand for.
     *
     * @throws CouchError 403 for a pseudo-random function that is not known
     */
    public static boolean verify(JsonNode members, String password) {
        String salt = members.path("salt").asText("");
        String scheme = members.path("password_scheme").asText("simple");
        return switch (scheme) {
            case "simple" -> equal(members.path("password_sha"), simple(password, salt));
            case "pbkdf2" -> equal(members.path("derived_key"), pbkdf2(members, password, salt));
            case "simple+pbkdf2" -> equal(members.path("derived_key"), pbkdf2(members, simple(password, salt), salt));
            default -> false;
        };
    }

    private static String pbkdf2(JsonNode members, String password, String salt) {
        return pbkdf2(
                members.path("pbkdf2_prf").asText("sha"),
                password,
                salt,
                members.path("iterations").asInt(10_000));
    }

    private static String pbkdf2(String prf, String password, String salt, int iterations) {
        Prf function = PRFS.get(prf);
        if (function == null) {
            throw CouchError.forbidden("PRF is invalid");
        }
        try {
            PBEKeySpec spec = new PBEKeySpec(
                    password.toCharArray(),
                    salt.getBytes(StandardCharsets.UTF_8),
                    Math.max(1, iterations),
                    function.bits());
            return HexFormat.of()
                    .formatHex(SecretKeyFactory.getInstance(function.algorithm())
                            .generateSecret(spec)
                            .getEncoded());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw CouchError.forbidden("Password cannot be checked: " + e.getMessage());
        }
    }

    private static String simple(String password, String salt) {
        return Digests.hex("SHA-1", (password + salt).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean equal(JsonNode expected, String actual) {
        return MessageDigest.isEqual(
                expected.asText("").getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }
}
