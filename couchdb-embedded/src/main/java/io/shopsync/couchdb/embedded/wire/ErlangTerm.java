package io.shopsync.couchdb.embedded.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** JSON as Erlang prints it: CouchDB puts what it refuses into the reason that way. */
public final class ErlangTerm {
    private ErlangTerm() {}

    /** As {@code ~w}: strings are lists of bytes. */
    public static String plain(JsonNode value) {
        return print(value, ErlangTerm::bytes);
    }

    /** As {@code ~p}: strings are readable. */
    public static String pretty(JsonNode value) {
        return print(value, text -> "<<\"" + text + "\">>");
    }

    private static String print(JsonNode value, UnaryOperator<String> strings) {
        return switch (value.getNodeType()) {
            case STRING -> strings.apply(value.textValue());
            case ARRAY -> {
                var elements = new StringJoiner(",", "[", "]");
                value.forEach(element -> elements.add(print(element, strings)));
                yield elements.toString();
            }
            case OBJECT -> {
                var members = new StringJoiner(",", "{[", "]}");
                value.properties()
                        .forEach(member -> members.add(
                                "{" + strings.apply(member.getKey()) + "," + print(member.getValue(), strings) + "}"));
                yield members.toString();
            }
            default -> value.asText().toLowerCase(Locale.ROOT);
        };
    }

    private static String bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .chars()
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "<<", ">>"));
    }
}
