package io.shopsync.couchdb.embedded.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.query.Condition.Operator;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.ErlangTerm;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/**
 * Reads a selector into a condition, as {@code mango_selector:normalize/1} does: names are joined into paths down to
 * the operators, and negations are driven down to them as well. That is why {@code {"$not":{"a":1}}} does not match a
 * document without {@code a}: it becomes {@code {"a":{"$ne":1}}}.
 */
final class SelectorParser {
    private static final Map<String, Operator> COMPARISONS = Map.of(
            "$lt", Operator.LT,
            "$lte", Operator.LTE,
            "$eq", Operator.EQ,
            "$ne", Operator.NE,
            "$gte", Operator.GTE,
            "$gt", Operator.GT);
    private static final List<String> UNSUPPORTED =
            List.of("$where", "$geoWithin", "$geoIntersects", "$near", "$nearSphere");

    /** Among the elements of an array CouchDB leaves negations where they are. */
    private final boolean amongElements;

    private SelectorParser(boolean amongElements) {
        this.amongElements = amongElements;
    }

    /** @throws CouchError 400 with what is wrong, in CouchDB's words */
    static Condition parse(ObjectNode selector) {
        if (selector.isEmpty()) {
            return new Condition.Always();
        }
        var condition = new SelectorParser(false).condition(selector, "", false);
        return switch (condition) {
            case Condition.And _, Condition.Or _, Condition.Field _, Condition.Always _ -> condition;
            default -> throw new CouchError(400, "invalid_selector", "One or more conditions is missing a field name.");
        };
    }

    private Condition condition(JsonNode value, String path, boolean negated) {
        if (!value.isObject() || value.isEmpty()) {
            return operator("$eq", value, path, negated);
        }
        if (value.size() == 1) {
            var member = value.properties().iterator().next();
            return member(member.getKey(), member.getValue(), path, negated);
        }
        var parts = value.properties().stream()
                .map(member -> member(member.getKey(), member.getValue(), path, negated))
                .toList();
        return all(parts, negated);
    }

    private Condition member(String name, JsonNode value, String path, boolean negated) {
        return switch (name) {
            case "$and" -> all(conditions(name, value, path, negated), negated);
            case "$or" -> all(conditions(name, value, path, negated), !negated);
            case "$nor" -> nor(conditions(name, value, path, !negated && !amongElements), negated);
            case "$not" -> not(argument(name, value, JsonNode::isObject), path, negated);
            default ->
                name.startsWith("$")
                        ? operator(name, value, path, negated)
                        : condition(value, path.isEmpty() ? name : path + "." + name, negated);
        };
    }

    private List<Condition> conditions(String operator, JsonNode value, String path, boolean negated) {
        return arguments(operator, value).stream()
                .map(part -> condition(part, path, negated))
                .toList();
    }

    /** By De Morgan, a negated conjunction is the disjunction of its negated parts. */
    private static Condition all(List<Condition> parts, boolean negated) {
        return negated ? new Condition.Or(parts) : new Condition.And(parts);
    }

    private Condition nor(List<Condition> parts, boolean negated) {
        return amongElements ? Condition.UNANSWERED : all(parts, negated);
    }

    private Condition not(JsonNode part, String path, boolean negated) {
        return amongElements ? condition(part, path, false).negated() : condition(part, path, !negated);
    }

    private Condition operator(String name, JsonNode value, String path, boolean negated) {
        if (UNSUPPORTED.contains(name)) {
            throw new CouchError(400, "not_supported", "Unsupported operator: " + name);
        }
        if (name.equals("$text")) {
            return textSearch(value, path);
        }
        var comparison = COMPARISONS.get(name);
        if (comparison != null) {
            return at(path, new Condition.Compare(negated ? comparison.opposite() : comparison, value));
        }
        if (name.equals("$exists")) {
            boolean wanted = argument(name, value, JsonNode::isBoolean).booleanValue();
            return at(path, new Condition.Exists(wanted != negated));
        }
        var asked = terminal(name, value);
        return at(path, negated ? asked.negated() : asked);
    }

    private Condition terminal(String name, JsonNode value) {
        return switch (name) {
            case "$in" -> Condition.in(arguments(name, value));
            case "$nin" -> Condition.in(arguments(name, value)).negated();
            case "$type" ->
                Condition.hasType(argument(name, value, JsonNode::isTextual).textValue());
            case "$size" ->
                Condition.hasSize(argument(name, value, SelectorParser::isSize).longValue());
            case "$mod" -> {
                var pair = argument(name, value, SelectorParser::isModulo);
                yield Condition.modulo(pair.get(0).longValue(), pair.get(1).longValue());
            }
            case "$regex" -> regex(text(name, value), value);
            case "$all" -> Condition.hasAll(arguments(name, value));
            case "$elemMatch" -> Condition.anyElement(ofElements(name, value));
            case "$allMatch" -> Condition.everyElement(ofElements(name, value));
            case "$keyMapMatch" -> Condition.anyKey(ofElements(name, value));
            case "$beginsWith" -> new Condition.BeginsWith(text(name, value));
            default -> throw invalidOperator(name);
        };
    }

    private static Condition ofElements(String name, JsonNode value) {
        return new SelectorParser(true).condition(argument(name, value, JsonNode::isObject), "", false);
    }

    private static Condition regex(String regex, JsonNode value) {
        try {
            return Condition.finds(regex);
        } catch (PatternSyntaxException e) {
            throw badArgument("$regex", value);
        }
    }

    /** A pattern or prefix that is no string makes the operator an unknown one to CouchDB. */
    private static String text(String operator, JsonNode value) {
        if (!value.isTextual()) {
            throw invalidOperator(operator);
        }
        return value.textValue();
    }

    /** Without a text index CouchDB trusts that whatever it reads has the text. */
    private static Condition textSearch(JsonNode value, String path) {
        argument("$text", value, JsonNode::isValueNode);
        if (!path.isEmpty()) {
            var inner = Json.object().set("$default", Json.object().set("$text", value));
            throw new CouchError(
                    400, "bad_field", "Invalid field normalization on selector: " + ErlangTerm.plain(inner));
        }
        return new Condition.Always();
    }

    private static Condition at(String path, Condition asked) {
        return path.isEmpty() ? asked : new Condition.Field(path, FieldPath.parse(path), asked);
    }

    private static boolean isSize(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0;
    }

    /** A divisor of zero is refused here; CouchDB answers 500 once it meets a number. */
    private static boolean isModulo(JsonNode value) {
        return value.size() == 2
                && value.path(0).isIntegralNumber()
                && value.path(1).isIntegralNumber()
                && value.path(0).longValue() != 0;
    }

    private static List<JsonNode> arguments(String operator, JsonNode value) {
        return argument(operator, value, JsonNode::isArray).valueStream().toList();
    }

    private static JsonNode argument(String operator, JsonNode value, Predicate<JsonNode> fits) {
        if (!fits.test(value)) {
            throw badArgument(operator, value);
        }
        return value;
    }

    private static CouchError invalidOperator(String name) {
        return new CouchError(400, "invalid_operator", "Invalid operator: " + name);
    }

    private static CouchError badArgument(String operator, JsonNode value) {
        return new CouchError(400, "bad_arg", "Bad argument for operator " + operator + ": " + ErlangTerm.plain(value));
    }
}
