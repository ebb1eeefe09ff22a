package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.embedded.document.Attachment;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.document.RevisionTree;
import io.shopsync.couchdb.embedded.document.StoredDocument.Contents;
import io.shopsync.couchdb.embedded.document.StoredDocument.View;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which revisions of a document are asked for, and how they are to be shown.
 *
 * @param rev null for the winner
 * @param openRevs null where not asked for, empty for {@code all}
 * @param latest leaves that grew from the revisions, in their place
 * @param newEdits whether a write makes a new revision
 */
record DocumentQuery(Revision rev, List<Revision> openRevs, boolean latest, boolean newEdits, View view) {
    /** Source: {@code chttpd_db:parse_doc_query/2}. @throws CouchError 400 */
    static DocumentQuery parse(Request request, Database database) {
        boolean meta = request.isTrue("meta");
        List<Revision> attsSince = request.query("atts_since")
                .map(text -> revisions(Json.parse(text)))
                .orElse(null);
        View view = new View(
                request.isTrue("revs"),
                meta || request.isTrue("revs_info"),
                meta || request.isTrue("conflicts"),
                meta || request.isTrue("deleted_conflicts"),
                request.isTrue("local_seq"),
                contents(request.isTrue("attachments"), attsSince, request.isTrue("att_encoding_info"), database));
        return new DocumentQuery(
                request.query("rev").map(Revision::parse).orElse(null),
                request.query("open_revs").map(DocumentQuery::openRevs).orElse(null),
                request.isTrue("latest"),
                !request.query("new_edits").filter("false"::equals).isPresent(),
                view);
    }

    /** With all attachments, as answers in parts have them. */
    static View whole(View view, Database database) {
        return new View(view.revs(), false, false, false, false, contents(true, null, true, database));
    }

    /** Attachments of revisions that the client does not have: those newer than all it says it has. */
    static Contents contents(boolean all, List<Revision> attsSince, boolean encodingInfo, Database database) {
        int known = attsSince == null
                ? Integer.MAX_VALUE
                : attsSince.stream().mapToInt(Revision::generation).max().orElse(0);
        Predicate<Attachment> shown = attachment -> attsSince == null ? all : attachment.revpos() > known;
        return new Contents(shown, database.documents()::content, encodingInfo);
    }

    /** @throws CouchError 400 */
    static List<Revision> revisions(JsonNode array) {
        if (!array.isArray()) {
            throw CouchError.badRequest("Invalid list of revisions");
        }
        List<Revision> revisions = new ArrayList<>();
        array.forEach(text -> revisions.add(Revision.parse(text.isTextual() ? text.textValue() : "")));
        return revisions;
    }

    private static List<Revision> openRevs(String text) {
        if (text.equals("all")) {
            return List.of();
        }
        List<Revision> revisions = revisions(Json.parse(text));
        return revisions.isEmpty() ? null : revisions;
    }

    /** The revisions asked for, as they are; the leaves they grew to, for {@code latest}. */
    static Set<Revision> resolve(RevisionTree tree, Revision asked, boolean latest) {
        boolean known = tree.get(asked).isPresent();
        return latest && known ? Set.copyOf(tree.latest(asked)) : Set.of(asked);
    }
}
