package io.shopsync.orchestrator.isolation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.document.RawJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A quarantined revision as it is written where it is released to. It is the same one however often it is made, so that
 * writing it again changes nothing.
 *
 * @param body with {@code _rev}, {@code _revisions} and attachments' data
 */
record Restoration(String documentId, String revision, ObjectNode body) {

    private static final String REVISIONS = "_revisions";
    private static final String SHOP_ID = "shopId";

    /** The revision as it was found, with its ancestry: its owner may have it already. */
    static Restoration asFound(ObjectNode original) {
        return of(original);
    }

    /**
     * A successor that carries the shop's id. It cannot be the revision itself: where that was removed, CouchDB knows it
     * as deleted and would pass it over. A document of a wrong {@code shopId} begins anew in the same generation, because
     * the guard lets no successor of another shop's document in.
     */
    static Restoration markedFor(Quarantined document, ObjectNode original) {
        var body = original.deepCopy();
        body.put(SHOP_ID, document.database().shop().value());
        var generation = body.at("/_revisions/start").asInt() + 1;
        var hash = md5(document.id() + "\nback");
        var ancestors = body.at("/_revisions/ids").deepCopy();
        body.put("_rev", generation + "-" + hash);
        var revisions = body.putObject(REVISIONS);
        revisions.put("start", generation);
        var ids = revisions.putArray("ids").add(hash);
        if (document.foundShopId().isEmpty()) {
            ancestors.forEach(ids::add);
        }
        return of(body);
    }

    RawJson json() {
        return RawJson.of(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Restoration of(ObjectNode body) {
        return new Restoration(body.path("_id").asText(), body.path("_rev").asText(), body);
    }

    /** CouchDB's revision hashes are 32 hexadecimal digits; nothing depends on how they come about. */
    private static String md5(String text) {
        try {
            var digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
