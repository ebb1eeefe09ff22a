package io.shopsync.couchdb.embedded.http;

import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.identity.UserContext;
import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.wire.CouchError;
import java.util.List;
import java.util.Set;

/**
 * Who may ask what, by path alone: nothing reaches a handler that did not pass here. Source:
 * {@code chttpd_auth_request:authorize_request/1}.
 */
final class Gate {
    private static final Set<String> OPEN = Set.of("_up", "_uuids", "_session", "_stats", "favicon.ico", "_utils");
    private static final Set<String> OWN_CHECK = Set.of("_active_tasks");
    private static final Set<String> SYSTEM = Set.of("_users", "_replicator");
    private static final Set<String> DATABASE_ADMIN = Set.of("_compact", "_view_cleanup");
    private static final Set<String> SERVER_ADMIN = Set.of("_purge", "_purged_infos_limit", "_sync_shards");

    private final Databases databases;
    private final Config config;

    Gate(Databases databases, Config config) {
        this.databases = databases;
        this.config = config;
    }

    /** @throws CouchError 401 or 403, and 404 for a database that is not there */
    void check(Request request) {
        List<String> path = request.path();
        UserContext user = request.user();
        if (config.flag("chttpd", "require_valid_user", false) && user.name() == null && !isLogin(request)) {
            throw CouchError.unauthorized("Authentication required.");
        }
        if (path.isEmpty()) {
            return;
        }
        String first = path.getFirst();
        if (OPEN.contains(first)) {
            return;
        }
        if (first.equals("_replicate")) {
            if (user.name() == null) {
                throw CouchError.unauthorized("You are not an authenticated user");
            }
        } else if (first.startsWith("_") && !SYSTEM.contains(first)) {
            boolean listing = first.equals("_all_dbs") || first.equals("_dbs_info");
            if (!OWN_CHECK.contains(first) && (!listing || config.flag("chttpd", "admin_only_all_dbs", true))) {
                user.requireServerAdmin();
            }
        } else {
            checkDatabase(request, first, path.size() > 1 ? path.get(1) : "");
        }
    }

    private void checkDatabase(Request request, String name, String segment) {
        UserContext user = request.user();
        boolean itself = request.path().size() == 1;
        boolean makesOrBreaks =
                itself && (request.method().equals("PUT") || request.method().equals("DELETE"));
        boolean wholeSystemDatabase =
                SYSTEM.contains(name) && (segment.equals("_all_docs") || segment.equals("_changes"));
        if (makesOrBreaks || wholeSystemDatabase || SERVER_ADMIN.contains(segment)) {
            user.requireServerAdmin();
        } else if (DATABASE_ADMIN.contains(segment)) {
            if (!databases.get(name).security().isAdmin(user)) {
                throw CouchError.unauthorized("You are not a server or db admin.");
            }
        } else {
            databases.get(name).security().requireMember(user);
        }
    }

    private static boolean isLogin(Request request) {
        return request.method().equals("POST") && request.path().equals(List.of("_session"));
    }
}
