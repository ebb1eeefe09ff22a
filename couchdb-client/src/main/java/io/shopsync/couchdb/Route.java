package io.shopsync.couchdb;

import java.nio.charset.StandardCharsets;

/** The escaped path and query of a request. Every byte outside RFC 3986's unreserved characters is escaped. */
record Route(String path, String query) {

    private static final String UNRESERVED = "-._~";
    private static final String HEX = "0123456789ABCDEF";

    /** A path of CouchDB's own words, such as {@code _dbs_info}; nothing is escaped. */
    static Route root(String words) {
        return new Route('/' + words, "");
    }

    /** A database; its name may hold slashes and pluses. */
    static Route database(String name) {
        return new Route('/' + escape(name), "");
    }

    /** CouchDB's own words below this, not escaped. */
    Route slash(String words) {
        return new Route(path + '/' + words, query);
    }

    /** One escaped segment below this. */
    Route segment(String text) {
        return slash(escape(text));
    }

    /** A document below a database: {@code _design/} and {@code _local/} keep their slash, all others are escaped. */
    Route document(String id) {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a document id is not empty");
        }
        for (var namespace : new String[] {"_design/", "_local/"}) {
            if (id.startsWith(namespace)) {
                return slash(namespace + escape(id.substring(namespace.length())));
            }
        }
        return segment(id);
    }

    Route with(String name, Object value) {
        var pair = name + '=' + escape(String.valueOf(value));
        return new Route(path, query.isEmpty() ? pair : query + '&' + pair);
    }

    Route withJson(String name, Object value) {
        return with(name, Json.text(value));
    }

    String pathAndQuery() {
        return query.isEmpty() ? path : path + '?' + query;
    }

    static String escape(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var escaped = new StringBuilder(bytes.length + 16);
        for (var b : bytes) {
            var c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                escaped.append(c);
            } else {
                escaped.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return escaped.toString();
    }
}
