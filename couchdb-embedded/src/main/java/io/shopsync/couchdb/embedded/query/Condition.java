package io.shopsync.couchdb.embedded.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What is asked of a value. Semantics are those of CouchDB's {@code mango_selector:match/3}. */
sealed interface Condition {
    boolean matches(JsonNode value, Collation collation);

    /** Nothing is asked. */
    record Always() implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return true;
        }
    }

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

    record Not(Condition part) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return !part.matches(value, collation);
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

    /** The six comparisons, each with its opposite. */
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

    /** The value is one of {@code candidates}; of an array, an element is. */
    record In(List<JsonNode> candidates) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return value.isArray()
                    ? value.valueStream().anyMatch(element -> contains(element, collation))
                    : contains(value, collation);
        }

        private boolean contains(JsonNode value, Collation collation) {
            return candidates.stream().anyMatch(candidate -> collation.compare(value, candidate) == 0);
        }
    }

    /** Asked of a value that is there; {@link Field} deals with those that are not. */
    record Exists(boolean wanted) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return wanted;
        }
    }

    record HasType(String type) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return type.equals(value.getNodeType().name().toLowerCase(Locale.ROOT));
        }
    }

    record HasSize(long size) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return value.isArray() && value.size() == size;
        }
    }

    record Modulo(long divisor, long remainder) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return value.isIntegralNumber() && value.longValue() % divisor == remainder;
        }
    }

    /** A regular expression that finds something. CouchDB's sees bytes rather than characters: a dot is one byte. */
    record Matches(Pattern pattern) implements Condition {
        private static final Pattern POSIX_CLASS = Pattern.compile("\\[:(x?.)(\\w+):]");

        /** @throws java.util.regex.PatternSyntaxException where Java's dialect has no such expression */
        static Matches compile(String perl) {
            var java = POSIX_CLASS
                    .matcher(bytes(perl).replace("(?P<", "(?<"))
                    .replaceAll(name -> "\\\\p{" + name.group(1).toUpperCase(Locale.ROOT) + name.group(2) + "}");
            return new Matches(Pattern.compile(java, Pattern.UNIX_LINES));
        }

        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return value.isTextual()
                    && pattern.matcher(bytes(value.textValue())).find();
        }

        private static String bytes(String text) {
            return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
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

    /** The array has every one of {@code wanted}, or is itself the only one wanted. Nothing has all of nothing. */
    record HasAll(List<JsonNode> wanted) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            if (!value.isArray() || wanted.isEmpty()) {
                return false;
            }
            return wanted.equals(List.of(value))
                    || wanted.stream().allMatch(each -> value.valueStream().anyMatch(each::equals));
        }
    }

    record AnyElement(Condition asked) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return value.isArray()
                    && Unanswerable.meansNo(() -> value.valueStream().anyMatch(each -> asked.matches(each, collation)));
        }
    }

    record EveryElement(Condition asked) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return value.isArray()
                    && !value.isEmpty()
                    && Unanswerable.meansNo(() -> value.valueStream().allMatch(each -> asked.matches(each, collation)));
        }
    }

    record AnyKey(Condition asked) implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            return value.isObject()
                    && Unanswerable.meansNo(() -> value.properties().stream()
                            .anyMatch(member -> asked.matches(TextNode.valueOf(member.getKey()), collation)));
        }
    }

    /** What CouchDB lets through when it reads a selector and cannot answer: a {@code $nor} among the elements. */
    record Unanswered() implements Condition {
        @Override
        public boolean matches(JsonNode value, Collation collation) {
            throw new Unanswerable();
        }
    }
}
