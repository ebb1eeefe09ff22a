package io.shopsync.couchdb.user;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A PBKDF2 key in the form that CouchDB keeps of a password and takes as it is when a client has derived it: the server
 * then never spends CPU on hashing.
 *
 * @param prf the pseudo-random function, {@code sha256}
 * @param salt used as the bytes of this ASCII string, not as the bytes that its hexadecimal digits stand for
 * @param derivedKey 32 bytes as hexadecimal digits
 */
public record PasswordKey(String prf, int iterations, String salt, String derivedKey) {

    private static final int KEY_BITS = 256;

    public PasswordKey {
        Objects.requireNonNull(prf, "prf");
        Objects.requireNonNull(salt, "salt");
        Objects.requireNonNull(derivedKey, "derivedKey");
    }

    /** Derives the key of a password with HMAC-SHA-256. */
    public static PasswordKey derive(char[] password, String salt, int iterations) {
        var spec = new PBEKeySpec(password, salt.getBytes(StandardCharsets.US_ASCII), iterations, KEY_BITS);
        try {
            var key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
            return new PasswordKey("sha256", iterations, salt, HexFormat.of().formatHex(key.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public String toString() {
        return "PasswordKey[" + prf + ", iterations=" + iterations + ", redacted]";
    }
}
