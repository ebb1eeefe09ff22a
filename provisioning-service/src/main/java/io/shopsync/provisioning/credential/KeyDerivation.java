package io.shopsync.provisioning.credential;

import io.shopsync.contracts.shop.LoginKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Derives the key that CouchDB stores in place of a password, in the form its {@code _users} documents take: PBKDF2
 * with HMAC-SHA-256, the salt being the characters of a hexadecimal string.
 *
 * <p><b>Why {@value #ITERATIONS} iterations suffice.</b> Iterations slow down whoever has stolen a derived key and
 * tries the passwords that people choose. These passwords hold {@value Password#ENTROPY_BYTES} random bytes: to try
 * them at a million million guesses a second takes some 10<sup>57</sup> years, and no number of iterations makes a
 * difference to that. CouchDB's present default of 600,000 would cost 120 ms of CPU for each login that is made, and
 * again at a till's first request after each restart. A password that a person chose must never come here.
 */
final class KeyDerivation {

    /** CouchDB's own default for the ten years before 3.4. */
    static final int ITERATIONS = 10;

    private static final String PRF = "sha256";
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final int KEY_BITS = 256;
    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HexFormat HEX = HexFormat.of();

    private KeyDerivation() {}

    static LoginKey derive(String login, LoginKey.Kind kind, Password password) {
        var saltBytes = new byte[SALT_BYTES];
        RANDOM.nextBytes(saltBytes);
        var salt = HEX.formatHex(saltBytes);
        return new LoginKey(login, kind, PRF, ITERATIONS, salt, derivedKey(password, salt));
    }

    static String derivedKey(Password password, String salt) {
        var spec = new PBEKeySpec(
                password.reveal().toCharArray(), salt.getBytes(StandardCharsets.US_ASCII), ITERATIONS, KEY_BITS);
        try {
            return HEX.formatHex(
                    SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        } finally {
            spec.clearPassword();
        }
    }
}
