package io.shopsync.orchestrator.replication.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names the checkpoints of a replication: the id, below {@code _local/}, of a document on both sides. Two replications
 * that would copy different documents need different ids.
 */
public record ReplicationId(String value) {

    private static final String PREFIX = "shopsync-";
    private static final int BYTES = 16;
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._~-]{1,200}");

    public ReplicationId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("not a replication id (" + ALLOWED + ")");
        }
    }

    /**
     * The id of copying {@code source} to {@code target}.
     *
     * @param source names the source for good, such as the cluster's name and the database; not a URL that may change
     * @param target the same of the target
     */
    public static ReplicationId of(String source, String target, Optional<JsonNode> selector) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : new String[] {
                source, target, selector.map(JsonNode::toString).orElse("")
            }) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
                digest.update((byte) ':');
                digest.update(bytes);
            }
            return new ReplicationId(PREFIX + HexFormat.of().formatHex(digest.digest(), 0, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether a checkpoint of that id is one of ours, as against a till's or CouchDB's own replicator's. */
    public static boolean ours(String localId) {
        return localId.startsWith("_local/" + PREFIX);
    }

    @Override
    public String toString() {
        return value;
    }
}
