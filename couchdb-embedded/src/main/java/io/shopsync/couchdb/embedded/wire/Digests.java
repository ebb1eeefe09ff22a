package io.shopsync.couchdb.embedded.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests, by algorithms that every Java has. */
public final class Digests {
    private Digests() {}

    public static byte[] of(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String hex(String algorithm, byte[] bytes) {
        return HexFormat.of().formatHex(of(algorithm, bytes));
    }
}
