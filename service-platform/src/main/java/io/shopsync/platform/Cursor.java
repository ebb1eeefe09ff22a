package io.shopsync.platform;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Where a list is continued: the sort key of the last item given, opaque to callers. It stays right while rows are
 * added, which an offset does not.
 *
 * @param parts the parts of the key; none holds a line feed
 */
public record Cursor(List<String> parts) {

    private static final String SEPARATOR = "\n";

    public Cursor {
        parts = List.copyOf(parts);
    }

    public static Cursor of(Object... parts) {
        return new Cursor(Arrays.stream(parts).map(Object::toString).toList());
    }

    /** The cursor as it stands in a URL. */
    public String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a caller's cursor.
     *
     * @param size how many parts the list's key has
     * @throws ProblemException {@link ProblemCode#INVALID_CURSOR}
     */
    public static Cursor decode(String encoded, int size) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded));
            var text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            var parts = List.of(text.split(SEPARATOR, -1));
            if (parts.size() == size) {
                return new Cursor(parts);
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw invalid();
        }
        throw invalid();
    }

    /** What a list answers to a cursor whose parts it cannot read. */
    public static ProblemException invalid() {
        return new ProblemException(
                ProblemCode.INVALID_CURSOR, "Use the 'next' of the page before, unchanged and with the same filters.");
    }
}
