package io.shopsync.platform.sealing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets with AES-256-GCM. The first key seals, every key opens: to change keys, a new one is put in front, what
 * is sealed moves over to it, and the old one is taken out.
 *
 * <p>Whose a secret is is associated data, so that a box that was moved to another row of the database does not open.
 * Nonces are random, which is safe for some four thousand million boxes a key (NIST SP 800-38D, 8.3).
 */
public final class KeyRing {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String sealingKeyId;
    private final Map<String, SecretKey> keys;

    private KeyRing(String sealingKeyId, Map<String, SecretKey> keys) {
        this.sealingKeyId = sealingKeyId;
        this.keys = Map.copyOf(keys);
    }

    /**
     * Reads a ring.
     *
     * @param entries each {@code id:key}, the key 32 bytes in base64; the first one seals
     * @throws IllegalArgumentException where an entry cannot be used; the message holds no key
     */
    public static KeyRing parse(List<String> entries) {
        var keys = new LinkedHashMap<String, SecretKey>();
        for (var entry : entries) {
            var colon = entry.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("a key is written id:base64");
            }
            var id = entry.substring(0, colon).strip();
            if (keys.put(id, key(id, entry.substring(colon + 1).strip())) != null) {
                throw new IllegalArgumentException("two keys have the id " + id);
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no key");
        }
        return new KeyRing(keys.keySet().iterator().next(), keys);
    }

    private static SecretKey key(String id, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // The cause quotes the key's characters: leave it out.
            throw new IllegalArgumentException("the key " + id + " is not base64");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key " + id + " has " + bytes.length + " bytes, not 32");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /** The id of the key that seals. */
    public String sealingKeyId() {
        return sealingKeyId;
    }

    /** The ids of all keys. */
    public Set<String> keyIds() {
        return keys.keySet();
    }

    /**
     * Seals a secret.
     *
     * @param owner whose it is: the parts of a name, none with a line feed
     */
    public Sealed seal(byte[] secret, String... owner) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, sealingKeyId, nonce, owner);
            var box = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(secret.length));
            cipher.doFinal(secret, 0, secret.length, box, NONCE_BYTES);
            return new Sealed(sealingKeyId, box);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a secret of " + List.of(owner) + " could not be sealed", e);
        }
    }

    /**
     * Opens what was sealed for the same owner.
     *
     * @throws IllegalStateException where its key is not in the ring, or it was sealed for another owner
     */
    public byte[] open(Sealed sealed, String... owner) {
        if (!keys.containsKey(sealed.keyId())) {
            throw new IllegalStateException("the key " + sealed.keyId() + " is not in the ring");
        }
        var nonce = Arrays.copyOf(sealed.box(), NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, sealed.keyId(), nonce, owner)
                    .doFinal(sealed.box(), NONCE_BYTES, sealed.box().length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the sealed secret of " + List.of(owner) + " does not open", e);
        }
    }

    /** Whether another key than the first has sealed it. */
    public boolean isStale(Sealed sealed) {
        return !sealed.keyId().equals(sealingKeyId);
    }

    private Cipher cipher(int mode, String keyId, byte[] nonce, String... owner) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, keys.get(keyId), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(String.join("\n", owner).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "KeyRing" + keys.keySet();
    }
}
