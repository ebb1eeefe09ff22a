package io.shopsync.couchdb.embedded.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.identity.UserContext;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * JSON web tokens as {@code jwt_authentication_handler} takes them: keys in {@code [jwt_keys]}, what a token must claim
 * in {@code [jwt_auth]}, roles in {@code _couchdb.roles} unless that section says otherwise.
 */
final class Tokens {
    private static final Pattern ALGORITHM = Pattern.compile("(HS|RS|ES)(256|384|512)");
    private static final Pattern REQUIRED_CLAIM = Pattern.compile("([a-z]+)|\\{([a-z]+)\\s*,\\s*\"([^\"]+)\"}");
    private static final Pattern UNESCAPED_DOT = Pattern.compile("(?<!\\\\)\\.");
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    private final Config config;
    private final Clock clock;

    Tokens(Config config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * Who the token of {@code Authorization: Bearer …} speaks for; empty for another kind of credentials.
     *
     * @throws CouchError 400 for a token that is malformed, signed by another or lacks a claim; 401 for one whose time
     *     is not now or that names nobody
     */
    Optional<UserContext> authenticate(String authorization) {
        if (!authorization.startsWith("Bearer ")) {
            return Optional.empty();
        }
        var parts = authorization.substring("Bearer ".length()).split("\\.", -1);
        if (parts.length != 3) {
            throw malformed();
        }
        var header = decoded(parts[0]);
        var algorithm = ALGORITHM.matcher(header.path("alg").asText(""));
        if (!algorithm.matches()) {
            throw CouchError.badRequest((header.has("alg") ? "Invalid" : "Missing") + " alg header parameter");
        }
        if (header.has("typ") && !header.get("typ").asText().equals("JWT")) {
            throw CouchError.badRequest("Invalid typ header parameter");
        }
        var claims = decoded(parts[1]);
        requireClaims(claims);
        var key = header.path("kid").asText("_default");
        verify(algorithm.group(1), algorithm.group(2), key, parts[0] + "." + parts[1], bytes(parts[2]));
        var name = claims.get("sub");
        if (name == null) {
            throw CouchError.unauthorized("Token missing sub claim.");
        }
        return Optional.of(new UserContext(name.asText(), roles(claims), "jwt"));
    }

    private void requireClaims(ObjectNode claims) {
        var required = REQUIRED_CLAIM.matcher(config.get("jwt_auth", "required_claims", "exp"));
        while (required.find()) {
            var name = required.group(1) != null ? required.group(1) : required.group(2);
            var claim = claims.get(name);
            if (claim == null) {
                throw CouchError.badRequest("Missing " + name + " claim");
            }
            long now = clock.instant().getEpochSecond();
            if (name.equals("exp") && claim.asLong() <= now) {
                throw CouchError.unauthorized("exp not in future");
            }
            if (name.equals("nbf") && claim.asLong(Long.MAX_VALUE) >= now) {
                throw CouchError.unauthorized("nbf not in past");
            }
            if ((name.equals("iat") && !claim.isIntegralNumber())
                    || (required.group(3) != null && !required.group(3).equals(claim.asText()))) {
                throw CouchError.badRequest("Invalid " + name + " claim");
            }
        }
    }

    private void verify(String family, String size, String id, String message, byte[] signature) {
        try {
            if (family.equals("HS")) {
                var mac = Mac.getInstance("HmacSHA" + size);
                mac.init(new SecretKeySpec(Base64.getDecoder().decode(key("hmac", id)), "HmacSHA" + size));
                if (!MessageDigest.isEqual(mac.doFinal(message.getBytes(US_ASCII)), signature)) {
                    throw CouchError.badRequest("Bad HMAC");
                }
                return;
            }
            boolean rsa = family.equals("RS");
            var verifier = Signature.getInstance("SHA" + size + "with" + (rsa ? "RSA" : "ECDSAinP1363Format"));
            verifier.initVerify(rsa ? publicKey("RSA", key("rsa", id)) : publicKey("EC", key("ec", id)));
            verifier.update(message.getBytes(US_ASCII));
            if (!verifier.verify(signature)) {
                throw CouchError.badRequest("Bad signature");
            }
        } catch (IllegalArgumentException e) {
            throw CouchError.badRequest("Not a valid key");
        } catch (GeneralSecurityException e) {
            throw CouchError.badRequest("Bad signature");
        }
    }

    private String key(String type, String id) {
        return config.get("jwt_keys", type + ":" + id).orElseThrow(() -> CouchError.badRequest("Unknown kid"));
    }

    /** Settings hold a PEM on one line, its line ends written as {@code \n}. */
    private static PublicKey publicKey(String type, String pem) {
        var base64 = pem.replace("\\n", "\n").replaceAll("-----[^-]*-----|\\s", "");
        try {
            return KeyFactory.getInstance(type)
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw CouchError.badRequest("not an " + type + " public key");
        }
    }

    private List<String> roles(ObjectNode claims) {
        JsonNode roles = config.get("jwt_auth", "roles_claim_path")
                .map(path -> at(claims, path))
                .orElseGet(() -> claims.path(config.get("jwt_auth", "roles_claim_name", "_couchdb.roles")));
        if (roles.isMissingNode()) {
            return List.of();
        }
        if (roles.isTextual()) {
            return COMMA.splitAsStream(roles.textValue())
                    .filter(role -> !role.isEmpty())
                    .toList();
        }
        if (!roles.isArray() || !roles.valueStream().allMatch(JsonNode::isTextual)) {
            throw malformed();
        }
        var names = new ArrayList<String>();
        roles.forEach(role -> names.add(role.textValue()));
        return names;
    }

    private static JsonNode at(JsonNode claims, String path) {
        var found = claims;
        for (var name : UNESCAPED_DOT.split(path, -1)) {
            found = found.path(name.replace("\\.", "."));
        }
        return found;
    }

    private static ObjectNode decoded(String part) {
        try {
            if (Json.parse(bytes(part)) instanceof ObjectNode object) {
                return object;
            }
        } catch (CouchError notJson) {
            throw malformed();
        }
        throw CouchError.badRequest("Not an object");
    }

    private static byte[] bytes(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static CouchError malformed() {
        return CouchError.badRequest("Malformed token");
    }
}
