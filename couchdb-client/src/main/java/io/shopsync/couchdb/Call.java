package io.shopsync.couchdb;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;

/**
 * One request, before it is sent.
 *
 * @param timeout a limit of its own, instead of the options' request timeout
 */
record Call(String method, Route route, BodyPublisher body, Optional<String> contentType, Optional<Duration> timeout) {

    static final String JSON = "application/json";

    static Call get(Route route) {
        return of("GET", route);
    }

    static Call of(String method, Route route) {
        return new Call(method, route, BodyPublishers.noBody(), Optional.empty(), Optional.empty());
    }

    /** With {@code value} as JSON; bytes are sent as they are. */
    static Call json(String method, Route route, Object value) {
        return of(method, route)
                .carrying(BodyPublishers.ofByteArray(value instanceof byte[] b ? b : Json.bytes(value)));
    }

    Call carrying(BodyPublisher json) {
        return carrying(json, JSON);
    }

    Call carrying(BodyPublisher content, String type) {
        return new Call(method, route, content, Optional.of(type), timeout);
    }

    Call within(Duration limit) {
        return new Call(method, route, body, contentType, Optional.of(limit));
    }

    /** For messages: a query may hold a document's id, which belongs in no log. */
    String where() {
        return method + ' ' + route.path();
    }
}
