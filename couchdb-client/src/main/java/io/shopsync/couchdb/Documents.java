package io.shopsync.couchdb;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.document.Attachment;
import io.shopsync.couchdb.document.GetOptions;
import io.shopsync.couchdb.document.LeafRevision;
import io.shopsync.couchdb.document.RawJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Single documents of a database, design documents among them, and their attachments. */
public final class Documents {

    private final Transport transport;
    private final Route database;

    Documents(Transport transport, Route database) {
        this.transport = transport;
        this.database = database;
    }

    /** The winning revision; empty where there is none or it is deleted. A missing database is an error. */
    public Optional<ObjectNode> get(String id) {
        return get(id, GetOptions.DEFAULT);
    }

    /** The document as {@code options} ask for it; empty where there is none or it is deleted. */
    public Optional<ObjectNode> get(String id, GetOptions options) {
        var call = Call.get(options(database.document(id), options));
        return present(call).map(body -> Transport.parse(call, body, ObjectNode.class));
    }

    /** The same without looking into it. */
    public Optional<RawJson> getRaw(String id, GetOptions options) {
        return present(Call.get(options(database.document(id), options))).map(RawJson::of);
    }

    private Optional<byte[]> present(Call call) {
        return transport.bytesUnless(call, missing -> !missing.databaseMissing());
    }

    private static Route options(Route document, GetOptions options) {
        var route = document;
        if (options.rev().isPresent()) {
            route = route.with("rev", options.rev().get());
        }
        for (var flag : options.flags()) {
            route = route.with(flag, true);
        }
        return route;
    }

    /** All leaf revisions, deleted ones among them, with their ancestry; empty where there never was such a document. */
    public List<LeafRevision> leaves(String id, boolean attachments) {
        return openRevs(database.document(id).with("open_revs", "all"), attachments);
    }

    /** These revisions with their ancestry, those that are not there as {@link LeafRevision.Missing}. */
    public List<LeafRevision> revisions(String id, Collection<String> revs, boolean attachments) {
        return openRevs(database.document(id).withJson("open_revs", revs), attachments);
    }

    private List<LeafRevision> openRevs(Route route, boolean attachments) {
        var call = Call.get(route.with("revs", true).with("attachments", attachments));
        var body = present(call);
        if (body.isEmpty()) {
            return List.of();
        }
        var leaves = new ArrayList<LeafRevision>();
        for (var row : Transport.parse(call, body.get(), new TypeReference<List<ObjectNode>>() {})) {
            leaves.add(
                    row.get("ok") instanceof ObjectNode document
                            ? new LeafRevision.Found(document)
                            : new LeafRevision.Missing(row.path("missing").asText()));
        }
        return leaves;
    }

    /**
     * Stores a document and returns its new revision. {@code document} is anything Jackson writes as an object; to
     * replace one it holds the current {@code _rev}.
     */
    public String put(String id, Object document) {
        return written(Call.json("PUT", database.document(id), document));
    }

    /** Stores a document given as JSON and returns its new revision. */
    public String putRaw(String id, RawJson document) {
        return written(Call.json("PUT", database.document(id), document.bytes()));
    }

    /** Deletes a document and returns the revision of its tombstone, which holds nothing else. */
    public String delete(String id, String rev) {
        return written(Call.of("DELETE", database.document(id).with("rev", rev)));
    }

    /** An attachment; empty where document or attachment is missing. */
    public Optional<byte[]> attachment(String id, String name) {
        return present(Call.get(database.document(id).segment(name)));
    }

    /** Adds or replaces an attachment and returns the document's new revision; no {@code rev} makes a new document. */
    public String putAttachment(String id, Optional<String> rev, Attachment attachment) {
        var route = database.document(id).segment(attachment.name());
        var call = Call.of("PUT", rev.map(r -> route.with("rev", r)).orElse(route));
        return written(call.carrying(BodyPublishers.ofByteArray(attachment.data()), attachment.contentType()));
    }

    /** Removes an attachment and returns the document's new revision. */
    public String deleteAttachment(String id, String rev, String name) {
        return written(Call.of("DELETE", database.document(id).segment(name).with("rev", rev)));
    }

    private String written(Call call) {
        return transport.read(call, Written.class).rev();
    }

    private record Written(String rev) {}
}
