package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.embedded.document.Attachment;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.document.RevisionTree;
import io.shopsync.couchdb.embedded.document.StoredDocument;
import io.shopsync.couchdb.embedded.document.StoredDocument.Contents;
import io.shopsync.couchdb.embedded.document.StoredDocument.Member;
import io.shopsync.couchdb.embedded.document.StoredDocument.View;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

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
        Set<Member> members = meta
                ? EnumSet.of(Member.REVS_INFO, Member.CONFLICTS, Member.DELETED_CONFLICTS)
                : EnumSet.noneOf(Member.class);
        Stream.of(Member.values())
                .filter(member -> request.isTrue(member.name().toLowerCase(Locale.ROOT)))
                .forEach(members::add);
        View view = new View(
                members,
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
        return view.ofRevision().with(contents(true, null, true, database));
    }

    /** Attachments that the client does not have: those newer than the newest ancestor that it says it has. */
    static Contents contents(boolean all, List<Revision> attsSince, boolean encodingInfo, Database database) {
        BiPredicate<StoredDocument, Attachment> shown = (document, attachment) ->
                attsSince == null ? all : attachment.revpos() > newestKnown(document, attsSince);
        return new Contents(shown, database.documents()::content, encodingInfo, false);
    }

    private static int newestKnown(StoredDocument document, List<Revision> known) {
        return document.tree().history(document.revision()).revisions().stream()
                .filter(known::contains)
                .mapToInt(Revision::generation)
                .findFirst()
                .orElse(0);
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
