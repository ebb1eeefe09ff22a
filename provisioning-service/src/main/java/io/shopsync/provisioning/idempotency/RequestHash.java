package io.shopsync.provisioning.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** What a request asks for, as a SHA-256 hash: enough to tell its repetition from another request. */
@SuppressWarnings("ArrayRecordComponent") // compared by sameAs alone
public record RequestHash(byte[] bytes) {

    /**
     * The hash of a request.
     *
     * @param parts who asks, for what, with which body; none but the last may hold a line feed
     */
    public static RequestHash of(String... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return new RequestHash(digest.digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether these are the bytes of the same request's hash. */
    public boolean sameAs(byte[] other) {
        return Arrays.equals(bytes, other);
    }
}
