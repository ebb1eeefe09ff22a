package io.shopsync.couchdb.embedded.store;

import io.shopsync.couchdb.embedded.document.Attachment;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.document.RevisionTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

    /** Writes to bytes. */
    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    /** Reads from bytes. */
    @FunctionalInterface
    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    /** A revision's body, without the members that CouchDB adds, and its attachments. */
    record Body(@SuppressWarnings("ArrayRecordComponent") byte[] json, List<Attachment> attachments) {}

    /** Nodes in their order, each naming its parent by the parent's place in it. */
    static byte[] entry(Entry entry) {
        return write(out -> {
            out.writeLong(entry.sequence());
            Map<Revision, RevisionTree.Node> nodes = entry.tree().all();
            out.writeInt(nodes.size());
            Map<Revision, Integer> places = new HashMap<>();
            for (Map.Entry<Revision, RevisionTree.Node> named : nodes.entrySet()) {
                RevisionTree.Node node = named.getValue();
                out.writeInt(named.getKey().generation());
                text(out, named.getKey().id());
                int parent = node.parent() == null ? -1 : places.getOrDefault(node.parent(), -1);
                out.writeInt(parent);
                out.writeByte(
                        (node.inner() ? INNER : 0) | (node.deleted() ? DELETED : 0) | (node.body() != 0 ? BODY : 0));
                if (node.body() != 0) {
                    out.writeLong(node.body());
                }
                places.put(named.getKey(), places.size());
            }
        });
    }

    static Entry entry(byte[] bytes) {
        return read(bytes, in -> {
            long sequence = in.readLong();
            int size = in.readInt();
            List<Revision> revisions = new ArrayList<>(size);
            NavigableMap<Revision, RevisionTree.Node> nodes = new TreeMap<>();
            for (int i = 0; i < size; i++) {
                Revision revision = new Revision(in.readInt(), text(in));
                int parent = in.readInt();
                int flags = in.readByte();
                long body = (flags & BODY) != 0 ? in.readLong() : 0;
                revisions.add(revision);
                nodes.put(
                        revision,
                        new RevisionTree.Node(
                                parent < 0 ? null : revisions.get(parent),
                                (flags & INNER) != 0,
                                (flags & DELETED) != 0,
                                body));
            }
            return new Entry(sequence, RevisionTree.of(nodes));
        });
    }

    static byte[] body(Body body) {
        return write(out -> {
            out.writeShort(body.attachments().size());
            for (Attachment attachment : body.attachments()) {
                text(out, attachment.name());
                text(out, attachment.type());
                out.writeInt(attachment.revpos());
                text(out, attachment.digest());
                out.writeLong(attachment.length());
                out.writeLong(attachment.stored());
                out.writeBoolean(attachment.gzip());
                out.writeLong(attachment.at());
            }
            out.write(body.json());
        });
    }

    static Body body(byte[] bytes) {
        return read(bytes, in -> {
            int count = in.readShort();
            List<Attachment> attachments = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                attachments.add(new Attachment(
                        text(in),
                        text(in),
                        in.readInt(),
                        text(in),
                        in.readLong(),
                        in.readLong(),
                        in.readBoolean(),
                        in.readLong(),
                        null));
            }
            return new Body(in.readAllBytes(), attachments);
        });
    }

    static byte[] state(State state) {
        return write(out -> {
            text(out, state.uuid());
            out.writeLong(state.created());
            out.writeLong(state.sequence());
            out.writeLong(state.purges());
            out.writeLong(state.last());
            out.writeInt(state.revsLimit());
            out.writeLong(state.stored());
            out.writeLong(state.live());
        });
    }

    static State state(byte[] bytes) {
        return read(
                bytes,
                in -> new State(
                        text(in),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readInt(),
                        in.readLong(),
                        in.readLong()));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static byte[] write(Writing writing) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
                DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(byte[] bytes, Reading<T> reading) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return reading.from(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
