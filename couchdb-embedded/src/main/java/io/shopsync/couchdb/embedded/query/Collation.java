package io.shopsync.couchdb.embedded.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

/**
 * The order of JSON values: null, false, true, numbers, strings, arrays, objects.
 *
 * <p>CouchDB orders strings by the Unicode collation algorithm (ICU's root locale). {@link #UNICODE} is that for ASCII
 * and for letters with accents; other letters follow in the order of their code points, ligatures undivided.
 */
enum Collation {
    UNICODE {
        @Override
        int strings(String left, String right) {
            return left.equals(right) ? 0 : Weights.of(left).compareTo(Weights.of(right));
        }
    },
    /** By bytes, as document ids are ordered. Anything that is no string comes before those. */
    RAW {
        @Override
        int compare(JsonNode left, JsonNode right) {
            return left.isTextual() && !right.isTextual() ? 1 : super.compare(left, right);
        }

        @Override
        int strings(String left, String right) {
            return Arrays.compareUnsigned(
                    left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        }
    };

    abstract int strings(String left, String right);

    int compare(JsonNode left, JsonNode right) {
        int order = Integer.compare(rank(left), rank(right));
        if (order != 0) {
            return order;
        }
        return switch (left.getNodeType()) {
            case NUMBER -> numbers(left, right);
            case STRING -> strings(left.textValue(), right.textValue());
            case ARRAY -> arrays(left.elements(), right.elements());
            case OBJECT ->
                objects(left.properties().iterator(), right.properties().iterator());
            default -> 0;
        };
    }

    private static int rank(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> value.booleanValue() ? 2 : 1;
            case NUMBER -> 3;
            case STRING -> 4;
            case ARRAY -> 5;
            case OBJECT -> 6;
            default -> 0;
        };
    }

    private static int numbers(JsonNode left, JsonNode right) {
        return left.canConvertToLong()
                        && right.canConvertToLong()
                        && left.isIntegralNumber()
                        && right.isIntegralNumber()
                ? Long.compare(left.longValue(), right.longValue())
                : Double.compare(left.doubleValue(), right.doubleValue());
    }

    private int arrays(Iterator<JsonNode> left, Iterator<JsonNode> right) {
        while (left.hasNext() && right.hasNext()) {
            int order = compare(left.next(), right.next());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }

    /** Member by member as they stand: the order of members matters. */
    private int objects(Iterator<Map.Entry<String, JsonNode>> left, Iterator<Map.Entry<String, JsonNode>> right) {
        while (left.hasNext() && right.hasNext()) {
            var ours = left.next();
            var theirs = right.next();
            int order = strings(ours.getKey(), theirs.getKey());
            order = order != 0 ? order : compare(ours.getValue(), theirs.getValue());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }

    /** A string's weights at the three levels: characters, then accents, then case. */
    private static final class Weights implements Comparable<Weights> {
        private static final String SYMBOLS = "\t\n\u000b\f\r\u0085\u2028\u2029 _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";
        private static final int OTHER_SYMBOL = 1 << 8;
        private static final int DIGIT = 1 << 21;
        private static final int LETTER = 1 << 22;

        private final int[] characters;
        private final int[] accents;
        private final int[] cases;

        private Weights(int length) {
            characters = new int[length];
            accents = new int[length];
            cases = new int[length];
        }

        static Weights of(String text) {
            var points = Normalizer.normalize(text, Normalizer.Form.NFD)
                    .codePoints()
                    .filter(point -> !Character.isISOControl(point) || SYMBOLS.indexOf(point) >= 0)
                    .toArray();
            var weights = new Weights((int)
                    Arrays.stream(points).filter(point -> !isAccent(point)).count());
            int at = -1;
            for (int point : points) {
                if (!isAccent(point)) {
                    at++;
                    weights.characters[at] = character(point);
                    weights.cases[at] = Character.isUpperCase(point) ? 1 : 0;
                } else if (at >= 0) {
                    weights.accents[at] = point;
                }
            }
            return weights;
        }

        private static boolean isAccent(int point) {
            return Character.getType(point) == Character.NON_SPACING_MARK;
        }

        private static int character(int point) {
            if (Character.isLetter(point)) {
                return LETTER + Character.toLowerCase(point);
            }
            if (Character.isDigit(point)) {
                return DIGIT + Character.digit(point, 10);
            }
            int symbol = SYMBOLS.indexOf(point);
            return symbol >= 0 ? symbol + 1 : OTHER_SYMBOL + point;
        }

        @Override
        public int compareTo(Weights other) {
            int order = Arrays.compare(characters, other.characters);
            order = order != 0 ? order : Arrays.compare(accents, other.accents);
            return order != 0 ? order : Arrays.compare(cases, other.cases);
        }
    }
}
