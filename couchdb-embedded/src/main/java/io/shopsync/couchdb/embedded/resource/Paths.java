package io.shopsync.couchdb.embedded.resource;

import io.shopsync.couchdb.embedded.wire.Urls;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Paths as CouchDB writes them in {@code Location}. */
final class Paths {
    private Paths() {}

    static String of(String... parts) {
        return Arrays.stream(parts)
                .map(part -> "/" + Urls.encode(part).replace("%3A", ":"))
                .collect(Collectors.joining());
    }
}
