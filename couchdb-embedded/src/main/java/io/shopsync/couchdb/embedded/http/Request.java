package io.shopsync.couchdb.embedded.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.auth.UserContext;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A request as handlers see it: read whole, its user known. */
public interface Request {
    /** {@code HEAD} shows as {@code GET}: the answer's body is dropped on the way out. */
    String method();

    /** The path's parts, each decoded: {@code /a%2Fb/_find} is {@code [a/b, _find]}. */
    List<String> path();

    /** The first value of a parameter of the query string, decoded. */
    Optional<String> query(String name);

    /** {@code true} and {@code false} as CouchDB reads them, else 400. */
    boolean flag(String name, boolean absent);

    Optional<String> header(String name);

    byte[] body();

    /** @throws io.shopsync.couchdb.embedded.wire.CouchError 415, or 400 {@code invalid UTF-8 JSON} */
    JsonNode json();

    /** @throws io.shopsync.couchdb.embedded.wire.CouchError 400 {@code Request body must be a JSON object} */
    ObjectNode jsonObject();

    UserContext user();

    /** The client's IP address. */
    String peer();

    /** This server as the client addressed it, without a final slash. */
    URI base();
}
