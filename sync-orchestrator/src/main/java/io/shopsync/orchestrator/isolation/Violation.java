package io.shopsync.orchestrator.isolation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.couchdb.document.RawJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * A leaf revision that does not belong into the database it was found in.
 *
 * @param body with {@code _id}, {@code _rev}, {@code _revisions} and attachments' data
 * @param sha256 of the body's bytes as CouchDB sent them, in hexadecimal digits
 */
record Violation(ShopDatabase database, String documentId, String revision, ObjectNode body, String sha256) {

    /** What the ids of documents begin with that are neither validated nor replicated. */
    static final String LOCAL = "_local/";

    private static final String SHOP_ID = "shopId";

    static Violation of(ShopDatabase database, ObjectNode body, RawJson raw) {
        return new Violation(
                database, body.path("_id").asText(), body.path("_rev").asText(), body, sha256(raw.buffer()));
    }

    /**
     * The same for the same revision of the same document, so that what is found twice is one violation. The content
     * counts too: {@code _local} documents and replicated writes may have other content under the same revision.
     */
    UUID id() {
        var name = String.join("\n", database.physicalName(), documentId, revision, sha256);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    FindingKind kind() {
        if (documentId.startsWith(LOCAL)) {
            return FindingKind.FOREIGN_LOCAL_DOCUMENT;
        }
        if (documentId.startsWith("_design/")) {
            return FindingKind.FOREIGN_DESIGN_DOCUMENT;
        }
        return foundShopId().isPresent() ? FindingKind.FOREIGN_DOCUMENT : FindingKind.UNMARKED_DOCUMENT;
    }

    /** What the document carries as its shop's id, as text whatever its type. */
    Optional<String> foundShopId() {
        var found = body.get(SHOP_ID);
        return found == null ? Optional.empty() : Optional.of(found.isTextual() ? found.textValue() : found.toString());
    }

    boolean deleted() {
        return body.path("_deleted").asBoolean();
    }

    private static String sha256(ByteBuffer bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
