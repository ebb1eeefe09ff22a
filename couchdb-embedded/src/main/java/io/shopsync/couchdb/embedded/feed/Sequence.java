package io.shopsync.couchdb.embedded.feed;

import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.wire.CouchError;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sequences as clients see them: {@code N-opaque}. What counts is the opaque part, which holds the database's identity
 * too: a sequence of a database that was deleted and made anew starts from the beginning.
 */
public final class Sequence {
    private static final Pattern FORM = Pattern.compile("\"?(?:[0-9]+-)?([A-Za-z0-9_-]{22})\"?");
    private static final int IDENTITY = 16;

    private Sequence() {}

    /** The sequence with this number. */
    public static String format(Database database, long number) {
        byte[] opaque = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(number)
                .put(identity(database))
                .array();
        return number + "-" + Base64.getUrlEncoder().withoutPadding().encodeToString(opaque);
    }

    /**
     * The number that a client means: 0 for the beginning, {@code now} for the latest.
     *
     * @throws CouchError 400 for what is no sequence
     */
    public static long parse(Database database, String since) {
        if (since.equals("0")) {
            return 0;
        }
        if (since.equals("now")) {
            return database.updateSequence();
        }
        Matcher matcher = FORM.matcher(since);
        if (!matcher.matches()) {
            throw CouchError.badRequest("Malformed sequence supplied in 'since' parameter.");
        }
        ByteBuffer opaque = ByteBuffer.wrap(Base64.getUrlDecoder().decode(matcher.group(1)));
        long number = opaque.getLong();
        boolean same = opaque.equals(ByteBuffer.wrap(identity(database)));
        return same ? Math.min(number, database.updateSequence()) : 0;
    }

    private static byte[] identity(Database database) {
        return HexFormat.of().parseHex(database.state().uuid(), 0, IDENTITY);
    }
}
