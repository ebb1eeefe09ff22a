package io.shopsync.couchdb;

import java.util.Optional;

/** Settings of one node, by section and key; most hold at once. Only server admins may use this. */
public final class NodeConfig {

    private final Transport transport;

    NodeConfig(Transport transport) {
        this.transport = transport;
    }

    /** A setting; empty where it is not set. */
    public Optional<String> get(String section, String key) {
        var call = Call.get(route(section, key));
        return transport.bytesUnless(call, _ -> true).map(body -> Transport.parse(call, body, String.class));
    }

    /** Sets a setting and returns what it was; empty text where it was not set. */
    public String put(String section, String key, String value) {
        return transport.read(Call.json("PUT", route(section, key), Json.bytes(value)), String.class);
    }

    /** Unsets a setting; false where it was not set. */
    public boolean delete(String section, String key) {
        return transport
                .bytesUnless(Call.of("DELETE", route(section, key)), _ -> true)
                .isPresent();
    }

    private static Route route(String section, String key) {
        return Route.root("_node/_local/_config").segment(section).segment(key);
    }
}
