package io.shopsync.couchdb.embedded.resource;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Paths as CouchDB writes them in {@code Location}. */
final class Paths {
    private Paths() {}

    /** A path from a header, decoded; what is no encoding stays as it is. */
    static String decode(String path) {
        try {
            return URLDecoder.decode(path, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    static String of(String... parts) {
        StringBuilder path = new StringBuilder();
        for (String part : parts) {
            path.append('/')
                    .append(URLEncoder.encode(part, StandardCharsets.UTF_8)
                            .replace("+", "%20")
                            .replace("%3A", ":"));
        }
        return path.toString();
    }
}
