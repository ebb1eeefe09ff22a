package io.shopsync.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param items in the list's order
 * @param next the cursor of the following part, sent as {@code ?cursor=…}; absent at the end
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Page<T>(List<T> items, Optional<String> next) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * A page from rows that were read one beyond {@code limit}, which tells whether there are more.
     *
     * @param cursor the cursor that continues after an item
     */
    public static <T> Page<T> of(List<T> readOneMore, int limit, Function<T, Cursor> cursor) {
        if (readOneMore.size() <= limit) {
            return new Page<>(readOneMore, Optional.empty());
        }
        var items = readOneMore.subList(0, limit);
        return new Page<>(items, Optional.of(cursor.apply(items.getLast()).encode()));
    }
}
