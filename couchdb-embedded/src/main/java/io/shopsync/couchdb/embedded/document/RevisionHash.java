package io.shopsync.couchdb.embedded.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.embedded.wire.Digests;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The id CouchDB gives a new revision: the MD5 of {@code [Deleted, OldStart, OldRev, Body, Attachments]} in Erlang's
 * external term format (minor version 1). The same edit gets the same revision here and there, so replicas of both
 * agree instead of seeing a conflict. Source: {@code couch_db:new_revid/1}.
 */
final class RevisionHash {
    private static final int STRING_LIMIT = 0xffff;
    private static final BigInteger BYTE = BigInteger.valueOf(256);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final DataOutputStream out = new DataOutputStream(bytes);

    private RevisionHash() {}

    /** @param parent the history the edit builds on */
    static String of(boolean deleted, History parent, JsonNode body, List<Attachment> attachments) {
        try {
            RevisionHash hash = new RevisionHash();
            hash.edit(deleted, parent, body, attachments);
            return Digests.hex("MD5", hash.bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void edit(boolean deleted, History parent, JsonNode body, List<Attachment> attachments) throws IOException {
        out.writeByte(131);
        listOf(5);
        atom(Boolean.toString(deleted));
        integer(BigInteger.valueOf(parent.generation()));
        if (parent.isEmpty()) {
            integer(BigInteger.ZERO);
        } else {
            binary(idBytes(parent.ids().getFirst()));
        }
        value(body);
        if (!attachments.isEmpty()) {
            listOf(attachments.size());
            for (Attachment attachment : attachments.reversed()) {
                out.writeByte(104);
                out.writeByte(3);
                text(attachment.name());
                text(attachment.type());
                binary(attachment.md5());
            }
        }
        out.writeByte(106);
        out.writeByte(106);
    }

    private static byte[] idBytes(String id) {
        return id.length() == 32 ? HexFormat.of().parseHex(id) : id.getBytes(StandardCharsets.UTF_8);
    }

    private void value(JsonNode node) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.writeByte(104);
                out.writeByte(1);
                if (!node.isEmpty()) {
                    listOf(node.size());
                    for (Map.Entry<String, JsonNode> member : node.properties()) {
                        out.writeByte(104);
                        out.writeByte(2);
                        text(member.getKey());
                        value(member.getValue());
                    }
                }
                out.writeByte(106);
            }
            case ARRAY -> array(node);
            case STRING -> text(node.textValue());
            case NUMBER -> {
                if (node.isIntegralNumber()) {
                    integer(node.bigIntegerValue());
                } else {
                    out.writeByte(70);
                    out.writeDouble(node.doubleValue());
                }
            }
            default -> atom(node.asText());
        }
    }

    /** Erlang writes a list of bytes as a string. */
    private void array(JsonNode array) throws IOException {
        boolean string = !array.isEmpty() && array.size() <= STRING_LIMIT;
        for (JsonNode item : array) {
            string = string && item.isIntegralNumber() && item.canConvertToInt() && (item.intValue() & ~0xff) == 0;
        }
        if (string) {
            out.writeByte(107);
            out.writeShort(array.size());
            for (JsonNode item : array) {
                out.writeByte(item.intValue());
            }
            return;
        }
        if (!array.isEmpty()) {
            listOf(array.size());
            for (JsonNode item : array) {
                value(item);
            }
        }
        out.writeByte(106);
    }

    private void integer(BigInteger value) throws IOException {
        if (value.signum() >= 0 && value.compareTo(BYTE) < 0) {
            out.writeByte(97);
            out.writeByte(value.intValue());
        } else if (value.bitLength() < Integer.SIZE) {
            out.writeByte(98);
            out.writeInt(value.intValue());
        } else {
            byte[] magnitude = value.abs().toByteArray();
            int skip = magnitude[0] == 0 ? 1 : 0;
            int length = magnitude.length - skip;
            out.writeByte(length < 256 ? 110 : 111);
            if (length < 256) {
                out.writeByte(length);
            } else {
                out.writeInt(length);
            }
            out.writeByte(value.signum() < 0 ? 1 : 0);
            for (int i = magnitude.length - 1; i >= skip; i--) {
                out.writeByte(magnitude[i]);
            }
        }
    }

    private void listOf(int size) throws IOException {
        out.writeByte(108);
        out.writeInt(size);
    }

    private void atom(String name) throws IOException {
        out.writeByte(100);
        out.writeShort(name.length());
        out.writeBytes(name);
    }

    private void text(String text) throws IOException {
        binary(text.getBytes(StandardCharsets.UTF_8));
    }

    private void binary(byte[] value) throws IOException {
        out.writeByte(109);
        out.writeInt(value.length);
        out.write(value);
    }
}
