package io.shopsync.couchdb.embedded.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys of the one map that holds everything: the database's number, the kind of thing, then its id or number. What
 * belongs to a small database so lies on one page, and a database is removed as one range.
 */
final class Keys {
    static final byte STATE = '0';
    static final byte SECURITY = '1';
    static final byte ATTACHMENT = 'a';
    static final byte BODY = 'b';
    /** Documents that have a living leaf. */
    static final byte LIVE = 'd';

    static final byte LOCAL = 'l';
    static final byte SEQUENCE = 's';
    /** Documents of which only tombstones are left. */
    static final byte DELETED = 'x';

    private static final int PREFIX = Integer.BYTES + 1;

    private Keys() {}

    static byte[] of(int database, byte kind) {
        return ByteBuffer.allocate(PREFIX).putInt(database).put(kind).array();
    }

    static byte[] of(int database, byte kind, String id) {
        byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(PREFIX + utf8.length)
                .putInt(database)
                .put(kind)
                .put(utf8)
                .array();
    }

    static byte[] of(int database, byte kind, long number) {
        return ByteBuffer.allocate(PREFIX + Long.BYTES)
                .putInt(database)
                .put(kind)
                .putLong(number)
                .array();
    }

    /** The first key behind all of a kind. */
    static byte[] end(int database, byte kind) {
        return of(database, (byte) (kind + 1));
    }

    /** The first key behind this one. */
    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    static String id(byte[] key) {
        return new String(key, PREFIX, key.length - PREFIX, StandardCharsets.UTF_8);
    }

    static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong(PREFIX);
    }
}
