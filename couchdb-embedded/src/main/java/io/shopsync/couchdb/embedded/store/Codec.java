package io.shopsync.couchdb.embedded.store;

import io.shopsync.couchdb.embedded.document.Attachment;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.document.RevisionTree;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What is stored, as bytes. Changing it makes older data directories unreadable. */
final class Codec {
    private static final int INNER = 1;
    private static final int DELETED = 2;
    private static final int BODY = 4;

    private Codec() {}

    /** A revision's body, without the members that CouchDB adds, and its attachments. */
    record Body(@SuppressWarnings("ArrayRecordComponent") byte[] json, List<Attachment> attachments) {}

    /** Nodes in their order, each naming its parent by the parent's place in it. */
    static byte[] entry(Entry entry) {
        Map<Revision, RevisionTree.Node> nodes = entry.tree().all();
        Buffer out = Buffer.buffer(128).appendLong(entry.sequence()).appendInt(nodes.size());
        Map<Revision, Integer> places = new HashMap<>();
        nodes.forEach((revision, node) -> {
            text(out.appendInt(revision.generation()), revision.id());
            out.appendInt(node.parent() == null ? -1 : places.getOrDefault(node.parent(), -1));
            int flags = (node.inner() ? INNER : 0) | (node.deleted() ? DELETED : 0) | (node.body() != 0 ? BODY : 0);
            out.appendByte((byte) flags);
            if (node.body() != 0) {
                out.appendLong(node.body());
            }
            places.put(revision, places.size());
        });
        return out.getBytes();
    }

    static Entry entry(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long sequence = in.getLong();
        List<Revision> revisions = new ArrayList<>();
        NavigableMap<Revision, RevisionTree.Node> nodes = new TreeMap<>();
        for (int left = in.getInt(); left > 0; left--) {
            Revision revision = new Revision(in.getInt(), text(in));
            int place = in.getInt();
            Revision parent = place < 0 ? null : revisions.get(place);
            int flags = in.get();
            long body = (flags & BODY) != 0 ? in.getLong() : 0;
            revisions.add(revision);
            nodes.put(revision, new RevisionTree.Node(parent, (flags & INNER) != 0, (flags & DELETED) != 0, body));
        }
        return new Entry(sequence, RevisionTree.of(nodes));
    }

    static byte[] body(Body body) {
        Buffer out = Buffer.buffer(body.json().length + 2);
        out.appendShort((short) body.attachments().size());
        for (Attachment attachment : body.attachments()) {
            text(out, attachment.name());
            text(out, attachment.type());
            text(out.appendInt(attachment.revpos()), attachment.digest());
            out.appendLong(attachment.length())
                    .appendLong(attachment.stored())
                    .appendByte((byte) (attachment.gzip() ? 1 : 0))
                    .appendLong(attachment.at());
        }
        return out.appendBytes(body.json()).getBytes();
    }

    static Body body(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<Attachment> attachments = new ArrayList<>();
        for (int left = in.getShort(); left > 0; left--) {
            attachments.add(new Attachment(
                    text(in),
                    text(in),
                    in.getInt(),
                    text(in),
                    in.getLong(),
                    in.getLong(),
                    in.get() != 0,
                    in.getLong(),
                    null));
        }
        return new Body(Arrays.copyOfRange(bytes, in.position(), bytes.length), attachments);
    }

    static byte[] state(State state) {
        Buffer out = Buffer.buffer(128);
        text(out, state.uuid());
        return out.appendLong(state.created())
                .appendLong(state.sequence())
                .appendLong(state.purges())
                .appendLong(state.last())
                .appendInt(state.revsLimit())
                .appendLong(state.stored())
                .appendLong(state.live())
                .getBytes();
    }

    static State state(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new State(
                text(in),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getInt(),
                in.getLong(),
                in.getLong());
    }

    private static void text(Buffer out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.appendInt(utf8.length).appendBytes(utf8);
    }

    private static String text(ByteBuffer in) {
        byte[] utf8 = new byte[in.getInt()];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
