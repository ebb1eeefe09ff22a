package io.shopsync.couchdb.embedded.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Digests;
import io.shopsync.couchdb.embedded.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * An attachment of a revision: its description, and while it is on its way in its content.
 *
 * @param revpos the generation it came with; null for a stub that does not say
 * @param digest base64 of the MD5 of what is stored; null for a stub
 * @param length of the content as clients see it
 * @param stored the length of what is stored
 * @param gzip whether it is stored compressed, as CouchDB does with text
 * @param at where it is stored; 0 while it is on its way in
 * @param content what to store; null for a stub and for what is stored already
 */
public record Attachment(
        String name,
        String type,
        Integer revpos,
        String digest,
        long length,
        long stored,
        boolean gzip,
        long at,
        @SuppressWarnings("ArrayRecordComponent") byte[] content) {
    private static final String DEFAULT_TYPE = "application/octet-stream";
    /** CouchDB's default {@code [attachments] compression_level}: another would make other digests. */
    private static final int COMPRESSION_LEVEL = 8;
    /** The operating system, of which the header tells. */
    private static final byte UNIX = 3;

    /** New content, compressed if it is of a kind that CouchDB compresses. */
    public static Attachment of(String name, String type, int revpos, byte[] content) {
        boolean gzip = compressible(type);
        byte[] stored = gzip ? gzip(content) : content;
        return new Attachment(name, type, revpos, digest(stored), content.length, stored.length, gzip, 0, stored);
    }

    /** Content that the client compressed itself. */
    public static Attachment ofGzip(String name, String type, byte[] content) {
        return new Attachment(name, type, 0, digest(content), content.length, content.length, true, 0, content);
    }

    /** @throws CouchError 400 for data that is not base64, or an impossible name */
    static Attachment parse(String name, JsonNode json) {
        checkName(name);
        String type = json.path("content_type").asText(DEFAULT_TYPE);
        JsonNode revpos = json.path("revpos");
        if (json.path("stub").asBoolean() || json.path("follows").asBoolean()) {
            return new Attachment(name, type, revpos.isInt() ? revpos.intValue() : null, null, 0, 0, false, 0, null);
        }
        try {
            byte[] data = Base64.getDecoder().decode(json.path("data").asText("!"));
            return of(name, type, revpos.asInt(0), data);
        } catch (IllegalArgumentException e) {
            throw CouchError.badRequest("Invalid attachment data for " + name);
        }
    }

    /** @throws CouchError 400 */
    public static void checkName(String name) {
        if (name.startsWith("_")) {
            throw CouchError.badRequest("Attachment name '" + name + "' starts with prohibited character '_'");
        }
    }

    public boolean isStub() {
        return content == null && at == 0;
    }

    public Attachment withRevpos(int generation) {
        return new Attachment(name, type, generation, digest, length, stored, gzip, at, content);
    }

    public Attachment storedAt(long place) {
        return new Attachment(name, type, revpos, digest, length, stored, gzip, place, null);
    }

    byte[] md5() {
        return Base64.getDecoder().decode(digest);
    }

    /** As in {@code _attachments}, without content. */
    ObjectNode describe() {
        return Json.object().put("content_type", type).put("revpos", revpos).put("digest", "md5-" + digest);
    }

    public static byte[] gunzip(byte[] compressed) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean compressible(String type) {
        String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return plain.startsWith("text/")
                || plain.equals("application/javascript")
                || plain.equals("application/json")
                || plain.equals("application/xml");
    }

    private static String digest(byte[] stored) {
        return Base64.getEncoder().encodeToString(Digests.of("MD5", stored));
    }

    /** As zlib writes it, to the byte: the digest, and with it the revision, depends on it. */
    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 2 + 32);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out) {
            {
                def.setLevel(COMPRESSION_LEVEL);
            }
        }) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] compressed = out.toByteArray();
        compressed[9] = UNIX;
        return compressed;
    }
}
