package io.shopsync.couchdb.embedded.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is asked of a value. Semantics are those of CouchDB's {@code mango_selector:match/3}. Those that others look into
 * are records.
 */
@FunctionalInterface
interface Condition {
    boolean matches(JsonNode value, Collation collation);

    /** Nothing is asked. */
    record Always() implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return true;
        }
    }

    /** What CouchDB lets through when it reads a selector and cannot answer: a {@code $nor} among the elements. */
    Condition UNANSWERED = (value, collation) -> {
        throw new Unanswerable();
    };

    /** All hold; an empty list holds. */
    record And(List<Condition> parts) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return parts.stream().allMatch(part -> part.matches(value, collation));
        }
    }

    /** One holds; an empty list holds too. */
    record Or(List<Condition> parts) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return parts.isEmpty() || parts.stream().anyMatch(part -> part.matches(value, collation));
        }
    }

    /** The value of a field is asked. A document without it matches nothing but {@code $exists: false}. */
    record Field(String name, FieldPath path, Condition asked) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            var found = path.in(value);
            if (found == null) {
                return asked instanceof Exists(var wanted) && !wanted && path.isMissingIn(value);
            }
            return asked.matches(found, name.equals("_id") ? Collation.RAW : collation);
        }
    }

    /** The value stands to {@code operand} as the operator says, in the order of {@link Collation}. */
    record Compare(Operator operator, JsonNode operand) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return operator.accepts(collation.compare(value, operand));
        }
    }

    /** Asked of a value that is there; {@link Field} deals with those that are not. */
    record Exists(boolean wanted) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return wanted;
        }
    }

    /** The string begins so, and the last character of the beginning carries no accent that {@code prefix} lacks. */
    record BeginsWith(String prefix) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return value.isTextual()
                    && value.textValue().startsWith(prefix)
                    && (prefix.isEmpty()
                            || value.textValue().length() == prefix.length()
                            || Character.getType(value.textValue().codePointAt(prefix.length()))
                                    != Character.NON_SPACING_MARK);
        }
    }

    /** The six comparisons. */
    enum Operator {
        LT,
        LTE,
        EQ,
        NE,
        GTE,
        GT;

        boolean accepts(int order) {
            return switch (this) {
                case LT -> order < 0;
                case LTE -> order <= 0;
                case EQ -> order == 0;
                case NE -> order != 0;
                case GTE -> order >= 0;
                case GT -> order > 0;
            };
        }

        Operator opposite() {
            return switch (this) {
                case LT -> GTE;
                case LTE -> GT;
                case EQ -> NE;
                case NE -> EQ;
                case GTE -> LT;
                case GT -> LTE;
            };
        }
    }

    default Condition negated() {
        return (value, collation) -> !matches(value, collation);
    }

    /** The value is one of {@code candidates}; of an array, an element is. */
    static Condition in(List<JsonNode> candidates) {
        return (value, collation) -> (value.isArray() ? value.valueStream() : Stream.of(value))
                .anyMatch(each -> candidates.stream().anyMatch(candidate -> collation.compare(each, candidate) == 0));
    }

    static Condition hasType(String type) {
        return (value, collation) -> type.equals(value.getNodeType().name().toLowerCase(Locale.ROOT));
    }

    static Condition hasSize(long size) {
        return (value, collation) -> value.isArray() && value.size() == size;
    }

    static Condition modulo(long divisor, long remainder) {
        return (value, collation) -> value.isIntegralNumber() && value.longValue() % divisor == remainder;
    }

    /**
     * A regular expression that finds something. CouchDB's sees bytes rather than characters: a dot is one byte.
     *
     * @throws java.util.regex.PatternSyntaxException where Java's dialect has no such expression
     */
    static Condition finds(String perl) {
        var java = Pattern.compile("\\[:(x?.)(\\w+):]")
                .matcher(bytes(perl).replace("(?P<", "(?<"))
                .replaceAll(name -> "\\\\p{" + name.group(1).toUpperCase(Locale.ROOT) + name.group(2) + "}");
        var pattern = Pattern.compile(java, Pattern.UNIX_LINES);
        return (value, collation) ->
                value.isTextual() && pattern.matcher(bytes(value.textValue())).find();
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The array has every one of {@code wanted}, or is itself the only one wanted. Nothing has all of nothing. */
    static Condition hasAll(List<JsonNode> wanted) {
        return (value, collation) -> value.isArray()
                && !wanted.isEmpty()
                && (wanted.equals(List.of(value))
                        || wanted.stream().allMatch(each -> value.valueStream().anyMatch(each::equals)));
    }

    static Condition anyElement(Condition asked) {
        return (value, collation) -> value.isArray()
                && Unanswerable.meansNo(() -> value.valueStream().anyMatch(each -> asked.matches(each, collation)));
    }

    static Condition everyElement(Condition asked) {
        return (value, collation) -> value.isArray()
                && !value.isEmpty()
                && Unanswerable.meansNo(() -> value.valueStream().allMatch(each -> asked.matches(each, collation)));
    }

    static Condition anyKey(Condition asked) {
        return (value, collation) -> value.isObject()
                && Unanswerable.meansNo(() -> value.properties().stream()
                        .anyMatch(member -> asked.matches(TextNode.valueOf(member.getKey()), collation)));
    }
}
