package io.shopsync.couchdb.embedded.document;

import io.shopsync.couchdb.embedded.wire.CouchError;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A revision's name, {@code generation-id}. Ordered as CouchDB orders them: by generation, then by id.
 *
 * @param id what follows the hyphen; 32 hexadecimal digits where CouchDB made it, in lower case
 */
public record Revision(int generation, String id) implements Comparable<Revision> {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32}");

    /** @throws CouchError 400 {@code Invalid rev format} */
    public static Revision parse(String text) {
        int hyphen = text.indexOf('-');
        if (hyphen < 1) {
            throw invalid();
        }
        try {
            return new Revision(Integer.parseInt(text, 0, hyphen, 10), id(text.substring(hyphen + 1)));
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    /** An id as it is kept: hexadecimal ones in lower case, others to the letter. */
    static String id(String text) {
        if (text.length() != 32) {
            return text;
        }
        if (!HEX.matcher(text).matches()) {
            throw invalid();
        }
        return text.toLowerCase(Locale.ROOT);
    }

    Revision parent(String parentId) {
        return new Revision(generation - 1, parentId);
    }

    @Override
    public int compareTo(Revision other) {
        int byGeneration = Integer.compare(generation, other.generation);
        return byGeneration != 0 ? byGeneration : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return generation + "-" + id;
    }

    private static CouchError invalid() {
        return CouchError.badRequest("Invalid rev format");
    }
}
