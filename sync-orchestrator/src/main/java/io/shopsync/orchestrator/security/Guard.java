package io.shopsync.orchestrator.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.document.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The design document by which CouchDB itself refuses a document of another shop, whoever writes it: tills, server
 * admins and replications alike. (Design documents and {@code _local} documents are never validated by CouchDB.)
 *
 * <p>Refused are
 *
 * <ul>
 *   <li>a document without the shop's {@code shopId}, tombstones included: a deletion that is replicated can carry a
 *       whole body, so that an exempt tombstone would be a way past the guard;
 *   <li>a successor of another shop's document, so that it is not taken over. A server admin's tombstone may follow one:
 *       that is how such a document is removed;
 *   <li>anything by a login of another shop, should the database ever be open to it.
 * </ul>
 *
 * A document from before its {@code shopId} may be given one. The template is kept short, because CouchDB's JavaScript
 * engine runs it for each document written.
 *
 * @param deletions what a deletion must look like
 */
public record Guard(Deletions deletions) {

    /** The design document's id in every database of every shop. */
    public static final String ID = "_design/shopsync-guard";

    /** Grows with each change of the template, so that the version can be read off a database. */
    public static final int VERSION = 1;

    private static final String TEMPLATE = template();

    /** What a deletion must look like. */
    public enum Deletions {
        /** It carries the shop's id: {@code {"_deleted": true, "shopId": …}}. A plain {@code DELETE} is refused. */
        MARKED,
        /** It may also be bare, without any member of its own, for clients that delete so. */
        MARKED_OR_BARE
    }

    /** The design document of a shop, without a revision. */
    public ObjectNode documentFor(ShopId shop) {
        var document = JsonNodeFactory.instance.objectNode();
        document.put("_id", ID);
        document.put("language", "javascript");
        document.put("shopId", shop.value());
        document.put("version", VERSION);
        document.put("validate_doc_update", functionFor(shop));
        return document;
    }

    /** Whether a stored design document is exactly the shop's guard, whatever its revision. */
    public boolean isInstalled(ShopId shop, JsonNode stored) {
        return stored instanceof ObjectNode actual
                && actual.deepCopy().without("_rev").equals(documentFor(shop));
    }

    /**
     * Why the guard would refuse a document that a server admin writes to a database in which it stands alone; empty where
     * it would take it. For databases that are filled before their guard is put up.
     */
    public Optional<String> objection(ShopId shop, RawJson document) {
        var looked = GuardedDocument.in(document);
        var admitted = looked.shopId().equals(shop.value())
                || (looked.bareDeletion() && deletions == Deletions.MARKED_OR_BARE);
        return admitted ? Optional.empty() : Optional.of("shopId must be " + shop);
    }

    private String functionFor(ShopId shop) {
        return TEMPLATE.replace("@shop@", shop.value())
                .replace("@bareDeletions@", String.valueOf(deletions == Deletions.MARKED_OR_BARE));
    }

    private static String template() {
        try (var resource = Guard.class.getResourceAsStream("guard.js")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
