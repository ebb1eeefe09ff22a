package io.shopsync.couchdb.embedded.resource;

import io.shopsync.couchdb.embedded.http.Router;
import io.shopsync.couchdb.embedded.wire.CouchError;
import java.util.List;
import java.util.Map;

/** What this server leaves out on purpose, answered 501 with the reason rather than 404 as if it did not exist. */
public final class Unsupported {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
    private static final Map<String, String> OF_DATABASES = Map.of(
            "_index", "Indexes",
            "_partition", "Partitions",
            "_sync_shards", "Shards",
            "_search_analyze", "Searches",
            "_temp_view", "Views",
            "_purged_infos", "Lists of purges",
            "_auto_purge", "Automatic purges");
    private static final Map<String, String> OF_SERVER =
            Map.of("_reshard", "Shards", "_cluster_setup", "Clusters", "_utils", "Fauxton and other pages");

    private Unsupported() {}

    public static void register(Router router) {
        for (String method : METHODS) {
            OF_DATABASES.forEach((segment, what) -> router.database(method, segment, (request, database) -> {
                throw CouchError.notImplemented(what);
            }));
            OF_SERVER.forEach((segment, what) -> router.server(method, segment, request -> {
                throw CouchError.notImplemented(what);
            }));
        }
    }
}
