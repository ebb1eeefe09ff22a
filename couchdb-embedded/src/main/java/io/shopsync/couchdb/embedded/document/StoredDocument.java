package io.shopsync.couchdb.embedded.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * One revision of a document as it is stored, and how it is shown.
 *
 * @param tree all revisions of the document
 * @param sequence of the document's latest update
 * @param json the body without the members that CouchDB adds
 */
public record StoredDocument(
        String id,
        RevisionTree tree,
        long sequence,
        Revision revision,
        boolean deleted,
        @SuppressWarnings("ArrayRecordComponent") byte[] json,
        List<Attachment> attachments) {

    /** What may be shown beside the body, by the names of CouchDB's parameters. */
    public enum Member {
        REVS,
        REVS_INFO,
        CONFLICTS,
        DELETED_CONFLICTS,
        LOCAL_SEQ
    }

    /** What is shown of a revision beside its body. */
    public record View(Set<Member> members, Contents contents) {
        public static final View PLAIN = new View(Set.of(), Contents.NONE);
        public static final View REVS = new View(Set.of(Member.REVS), Contents.NONE);

        /** Of lists of documents. */
        public static View of(boolean conflicts, Contents contents) {
            return new View(conflicts ? Set.of(Member.CONFLICTS) : Set.of(), contents);
        }

        /** Without what describes the tree rather than the revision. */
        public View ofRevision() {
            return new View(shows(Member.REVS) ? Set.of(Member.REVS) : Set.of(), contents);
        }

        public View with(Contents other) {
            return new View(members, other);
        }

        /** With contents behind the document. */
        public View following() {
            return with(new Contents(contents.shown(), contents.source(), true, true));
        }

        boolean shows(Member member) {
            return members.contains(member);
        }
    }

    /**
     * Which attachments are shown with their content, and where it comes from.
     *
     * @param follows whether the contents follow the document instead of being in it
     */
    public record Contents(
            BiPredicate<StoredDocument, Attachment> shown,
            Function<Attachment, byte[]> source,
            boolean encodingInfo,
            boolean follows) {
        public static final Contents NONE =
                new Contents((document, attachment) -> false, attachment -> new byte[0], false, false);
    }

    /** As JSON text. Bodies are copied as they are stored, not parsed. */
    public byte[] toJson(View view) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 96);
        out.writeBytes("{\"_id\":".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(Json.quoted(id));
        out.writeBytes((",\"_rev\":\"" + revision.generation() + "-").getBytes(StandardCharsets.UTF_8));
        byte[] quotedId = Json.quoted(revision.id());
        out.write(quotedId, 1, quotedId.length - 1);
        if (json.length > 2) {
            out.write(',');
            out.write(json, 1, json.length - 2);
        }
        ObjectNode extra = extra(view);
        if (!extra.isEmpty()) {
            out.write(',');
            byte[] members = Json.bytes(extra);
            out.write(members, 1, members.length - 2);
        }
        out.write('}');
        return out.toByteArray();
    }

    /** Whether {@code _conflicts} or the like is shown, so that the answer is of more than the revision. */
    public boolean hasMeta(View view) {
        return view.shows(Member.REVS_INFO)
                || view.shows(Member.LOCAL_SEQ)
                || (view.shows(Member.CONFLICTS) && !losers(false).isEmpty())
                || (view.shows(Member.DELETED_CONFLICTS) && !losers(true).isEmpty());
    }

    /** The attachments that are shown with their content. */
    public List<Attachment> contents(View view) {
        return attachments.stream()
                .filter(attachment -> view.contents().shown().test(this, attachment))
                .toList();
    }

    public ObjectNode toNode(View view) {
        return (ObjectNode) Json.parse(toJson(view));
    }

    private ObjectNode extra(View view) {
        ObjectNode extra = Json.object();
        if (deleted) {
            extra.put("_deleted", true);
        }
        if (view.shows(Member.REVS)) {
            extra.set("_revisions", tree.history(revision).toJson());
        }
        if (view.shows(Member.REVS_INFO)) {
            ArrayNode infos = extra.putArray("_revs_info");
            tree.history(revision)
                    .revisions()
                    .forEach(known ->
                            infos.addObject().put("rev", known.toString()).put("status", status(known)));
        }
        if (view.shows(Member.LOCAL_SEQ)) {
            extra.put("_local_seq", sequence);
        }
        if (view.shows(Member.CONFLICTS)) {
            add(extra, "_conflicts", losers(false));
        }
        if (view.shows(Member.DELETED_CONFLICTS)) {
            add(extra, "_deleted_conflicts", losers(true));
        }
        if (!attachments.isEmpty()) {
            ObjectNode described = extra.putObject("_attachments");
            attachments.forEach(attachment -> described.set(attachment.name(), describe(attachment, view.contents())));
        }
        return extra;
    }

    private String status(Revision known) {
        RevisionTree.Node node = tree.get(known).orElseThrow();
        if (node.body() == 0) {
            return "missing";
        }
        return node.deleted() ? "deleted" : "available";
    }

    private List<Revision> losers(boolean tombstones) {
        return tree.ranked().stream()
                .skip(1)
                .filter(leaf -> tree.get(leaf).orElseThrow().deleted() == tombstones)
                .toList();
    }

    private static void add(ObjectNode extra, String name, List<Revision> losers) {
        if (!losers.isEmpty()) {
            ArrayNode array = extra.putArray(name);
            losers.forEach(loser -> array.add(loser.toString()));
        }
    }

    private ObjectNode describe(Attachment attachment, Contents contents) {
        ObjectNode described = attachment.describe();
        if (!contents.shown().test(this, attachment)) {
            described.put("length", attachment.length()).put("stub", true);
        } else if (contents.follows()) {
            described.put("length", attachment.length()).put("follows", true);
        } else {
            byte[] stored = contents.source().apply(attachment);
            byte[] content = attachment.gzip() ? Attachment.gunzip(stored) : stored;
            described.put("data", Base64.getEncoder().encodeToString(content));
        }
        if (contents.encodingInfo() && attachment.gzip()) {
            described.put("encoding", "gzip").put("encoded_length", attachment.stored());
        }
        return described;
    }
}
