package io.shopsync.couchdb.embedded.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
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

    /** Which members beside the body to show. */
    public record View(
            boolean revs,
            boolean revsInfo,
            boolean conflicts,
            boolean deletedConflicts,
            boolean localSequence,
            Contents contents) {
        public static final View PLAIN = new View(false, false, false, false, false, Contents.NONE);
        public static final View REVS = new View(true, false, false, false, false, Contents.NONE);

        public View withConflicts() {
            return new View(revs, revsInfo, true, deletedConflicts, localSequence, contents);
        }

        /** Without what describes the tree rather than the revision. */
        public View ofRevision() {
            return new View(revs, false, false, false, false, contents);
        }

        /** With contents behind the document. */
        public View following() {
            Contents following = new Contents(contents.shown(), contents.source(), true, true);
            return new View(revs, revsInfo, conflicts, deletedConflicts, localSequence, following);
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
                new Contents((document, attachment) -> false, attachment -> new byte[0], false);

        public Contents(
                BiPredicate<StoredDocument, Attachment> shown,
                Function<Attachment, byte[]> source,
                boolean encodingInfo) {
            this(shown, source, encodingInfo, false);
        }
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
        return view.revsInfo()
                || view.localSequence()
                || (view.conflicts() && !losers(false).isEmpty())
                || (view.deletedConflicts() && !losers(true).isEmpty());
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
        if (view.revs()) {
            extra.set("_revisions", tree.history(revision).toJson());
        }
        if (view.revsInfo()) {
            ArrayNode infos = extra.putArray("_revs_info");
            tree.history(revision)
                    .revisions()
                    .forEach(known ->
                            infos.addObject().put("rev", known.toString()).put("status", status(known)));
        }
        if (view.localSequence()) {
            extra.put("_local_seq", sequence);
        }
        if (view.conflicts()) {
            add(extra, "_conflicts", losers(false));
        }
        if (view.deletedConflicts()) {
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
