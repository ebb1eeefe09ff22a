package io.shopsync.couchdb.embedded.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.shopsync.couchdb.embedded.query.Condition.Operator;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.ErlangTerm;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A Mango selector, read once and asked of many documents. */
public final class Selector {
    private final Condition condition;

    private Selector(Condition condition) {
        this.condition = condition;
    }

    /**
     * Reads a selector.
     *
     * @throws CouchError 400 with what is wrong: {@code invalid_selector_json}, {@code invalid_operator},
     *     {@code bad_arg}, …
     */
    public static Selector parse(JsonNode selector) {
        if (selector instanceof ObjectNode object) {
            return new Selector(SelectorParser.parse(object));
        }
        throw new CouchError(
                400, "invalid_selector_json", "Selector must be a JSON object, not: " + ErlangTerm.plain(selector));
    }

    /** @param document with {@code _id}, {@code _rev} and whatever else of it may be asked */
    public boolean matches(JsonNode document) {
        return Unanswerable.meansNo(() -> condition.matches(document, Collation.UNICODE));
    }

    /**
     * Whether CouchDB answers without looking at a document: an operator with nothing to work on, or bounds of the id
     * that leave nothing between them. (It compares bounds by collation, where {@code a} comes before {@code A}, though
     * ids are ordered by bytes.)
     */
    boolean asksNothing() {
        var lowest = lowestId();
        var highest = highestId();
        return switch (condition) {
            case Condition.And(var parts) when parts.isEmpty() -> true;
            case Condition.Or(var parts) when parts.isEmpty() -> true;
            default -> lowest != null && highest != null && Collation.UNICODE.strings(lowest, highest) > 0;
        };
    }

    /** Whether it bounds the id, which CouchDB wants of a query that is sorted by it. */
    boolean boundsId() {
        return idConditions().anyMatch(asked -> switch (asked) {
            case Condition.Compare compare -> compare.operator() != Operator.NE;
            case Condition.BeginsWith _, Condition.Exists _ -> true;
            default -> false;
        });
    }

    /** The lowest id that can match, or null. */
    String lowestId() {
        return idConditions()
                .map(asked -> switch (asked) {
                    case Condition.Compare(var operator, TextNode id)
                    when operator == Operator.EQ || operator == Operator.GT || operator == Operator.GTE ->
                        id.textValue();
                    case Condition.BeginsWith(var prefix) -> prefix;
                    default -> null;
                })
                .filter(Objects::nonNull)
                .max(Collation.UNICODE::strings)
                .orElse(null);
    }

    /** The highest id that can match, or null. */
    String highestId() {
        return idConditions()
                .map(asked -> switch (asked) {
                    case Condition.Compare(var operator, TextNode id)
                    when operator == Operator.EQ || operator == Operator.LT || operator == Operator.LTE ->
                        id.textValue();
                    default -> null;
                })
                .filter(Objects::nonNull)
                .min(Collation.UNICODE::strings)
                .orElse(null);
    }

    /** What every match's id must fulfil. */
    private Stream<Condition> idConditions() {
        return (condition instanceof Condition.And(var parts) ? parts : List.of(condition))
                .stream()
                        .filter(Condition.Field.class::isInstance)
                        .map(Condition.Field.class::cast)
                        .filter(field -> field.name().equals("_id"))
                        .map(Condition.Field::asked);
    }
}
