package io.shopsync.couchdb.server;

import java.util.List;
import java.util.Objects;

/**
 * What {@code GET /} says.
 *
 * @param uuid the server's own id, which also marks its replications
 */
public record ServerInfo(String couchdb, String version, String uuid, List<String> features, Vendor vendor) {

    public ServerInfo {
        features = features == null ? List.of() : List.copyOf(features);
        vendor = Objects.requireNonNullElse(vendor, new Vendor(""));
    }

    /** Who made the server. */
    public record Vendor(String name) {}
}
