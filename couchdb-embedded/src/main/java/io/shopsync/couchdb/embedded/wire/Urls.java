package io.shopsync.couchdb.embedded.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Text in paths and query strings. */
public final class Urls {
    private Urls() {}

    public static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /** The members of an object as parameters of a query string. */
    public static String query(JsonNode members) {
        return members.properties().stream()
                .map(member ->
                        encode(member.getKey()) + "=" + encode(member.getValue().asText()))
                .collect(Collectors.joining("&"));
    }

    /** A path of these parts, as CouchDB writes it in {@code Location}. */
    public static String path(String... parts) {
        return Stream.of(parts)
                .map(part -> "/" + encode(part).replace("%3A", ":"))
                .collect(Collectors.joining());
    }

    /** What is no encoding stays as it is. */
    public static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
