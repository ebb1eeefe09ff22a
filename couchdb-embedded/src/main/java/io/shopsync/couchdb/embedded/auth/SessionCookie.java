package io.shopsync.couchdb.embedded.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.shopsync.couchdb.embedded.wire.CouchError;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The value of the {@code AuthSession} cookie: {@code name:time:hmac} in base64url, signed with the server's secret and
 * the user's salt, so that a new password ends the sessions made with the old one ({@code couch_httpd_auth}).
 *
 * @param name whose session it claims to be, until {@link #isSignedWith} says so
 * @param made when it began, in whole seconds
 */
record SessionCookie(String name, Instant made, String signature) {
    /** @throws CouchError 400 where the value is no such cookie */
    static SessionCookie parse(String value) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(value), ISO_8859_1).split(":", 3);
            if (parts.length == 3) {
                return new SessionCookie(
                        new String(parts[0].getBytes(ISO_8859_1), UTF_8),
                        Instant.ofEpochSecond(Long.parseLong(parts[1], 16)),
                        parts[2]);
            }
        } catch (IllegalArgumentException e) {
            // Answered below, as whatever else is malformed.
        }
        throw CouchError.badRequest("Malformed AuthSession cookie. Please clear your cookies.");
    }

    /** @param secret the server's, {@code [chttpd_auth] secret} */
    static SessionCookie make(String name, Instant now, String secret, String salt) {
        var whole = Instant.ofEpochSecond(now.getEpochSecond());
        return new SessionCookie(name, whole, sign(name, whole, secret + salt));
    }

    /** Whether it was made here for the user with that salt. */
    boolean isSignedWith(String secret, String salt) {
        return isEqual(sign(name, made, secret + salt));
    }

    boolean isValidAt(Instant now, Duration timeout) {
        return now.isBefore(made.plus(timeout));
    }

    String value() {
        var bytes = (data(name, made) + ":").getBytes(UTF_8);
        var signed = Arrays.copyOf(bytes, bytes.length + signature.length());
        System.arraycopy(signature.getBytes(ISO_8859_1), 0, signed, bytes.length, signature.length());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    private boolean isEqual(String expected) {
        return MessageDigest.isEqual(expected.getBytes(ISO_8859_1), signature.getBytes(ISO_8859_1));
    }

    private static String sign(String name, Instant made, String key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            return new String(mac.doFinal(data(name, made).getBytes(UTF_8)), ISO_8859_1);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String data(String name, Instant made) {
        return name + ":" + Long.toHexString(made.getEpochSecond()).toUpperCase(Locale.ROOT);
    }
}
