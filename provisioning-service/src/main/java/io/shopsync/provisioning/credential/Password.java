package io.shopsync.provisioning.credential;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The password of a CouchDB login: 32 random bytes in base64url without padding. It shows itself only where
 * {@link #reveal()} is called.
 */
public final class Password {

    /** 256 bits of entropy: see {@link KeyDerivation} for what follows from it. */
    static final int ENTROPY_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] ascii;

    private Password(byte[] ascii) {
        this.ascii = ascii;
    }

    static Password random() {
        var entropy = new byte[ENTROPY_BYTES];
        RANDOM.nextBytes(entropy);
        return new Password(Base64.getUrlEncoder().withoutPadding().encode(entropy));
    }

    static Password ofAscii(byte[] ascii) {
        return new Password(ascii.clone());
    }

    byte[] ascii() {
        return ascii.clone();
    }

    /** The password itself, for the answer to the shop's owner and nowhere else. */
    public String reveal() {
        return new String(ascii, StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "Password[redacted]";
    }
}
