package io.shopsync.couchdb;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.database.DatabaseInfo;
import io.shopsync.couchdb.server.ActiveTask;
import io.shopsync.couchdb.server.ServerInfo;
import io.shopsync.couchdb.server.Session;
import java.net.http.HttpClient;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A CouchDB server (or cluster), asked as one login. All methods block the calling thread, which is meant to be a
 * virtual one, and throw {@link CouchException} where the server does not do as asked.
 */
public final class CouchServer implements AutoCloseable {

    /** How many databases one {@code _dbs_info} may name ({@code max_db_number_for_dbs_info_req}). */
    public static final int DATABASES_PER_INFO = 100;

    private final Transport transport;
    private final boolean ownsConnections;

    private CouchServer(Transport transport, boolean ownsConnections) {
        this.transport = transport;
        this.ownsConnections = ownsConnections;
    }

    /** A handle with a connection pool of its own. Nothing is sent yet. */
    public static CouchServer connect(CouchOptions options) {
        // HTTP/1.1: CouchDB speaks no other, and an offer to upgrade on each new connection is only noise.
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(options.connectTimeout())
                .build();
        return new CouchServer(new Transport(http, options), true);
    }

    /** The defaults for a URL such as {@code http://name:password@host:5984}. */
    public static CouchServer connect(String url) {
        return connect(CouchOptions.of(url));
    }

    /** The same server asked by another login, over the same connections; closing it does nothing. */
    public CouchServer as(Credentials credentials) {
        return with(transport.options().withCredentials(credentials));
    }

    /** The same server with other limits (not the connect timeout), over the same connections. */
    public CouchServer with(CouchOptions options) {
        return new CouchServer(new Transport(transport.http(), options), false);
    }

    /** Where it is, who asks, and the limits. */
    public CouchOptions options() {
        return transport.options();
    }

    /** Name and version. */
    public ServerInfo info() {
        return transport.read(Call.get(new Route("/", "")), ServerInfo.class);
    }

    /** Whether it answers and says that it is ready; false whatever the reason. */
    public boolean up() {
        try {
            transport.bytes(Call.get(Route.root("_up")));
            return true;
        } catch (CouchException _) {
            return false;
        }
    }

    /** Who we are to it. A wrong password is {@link CouchException.Unauthorized}. */
    public Session session() {
        return transport.read(Call.get(Route.root("_session")), Session.class);
    }

    /**
     * Opens a session and returns the same server asked by it: a cookie instead of the password in each request.
     *
     * @throws CouchException.Unauthorized where name or password are wrong
     */
    public CouchServer logIn(String name, String password) {
        var call = Call.json("POST", Route.root("_session"), Map.of("name", name, "password", password));
        var cookie = as(Credentials.ANONYMOUS)
                .transport
                .answer(call)
                .headers()
                .firstValue("Set-Cookie")
                .map(value -> value.split(";", 2)[0])
                .orElseThrow(() -> new CouchException.BrokenAnswer(call.where(), 200, "no cookie"));
        return as(Credentials.session(name, cookie));
    }

    /** A handle for a database, which need not exist. */
    public Database database(String name) {
        return new Database(transport, name);
    }

    /** Which databases change. */
    public DatabaseUpdates updates() {
        return new DatabaseUpdates(transport);
    }

    /** Replication jobs kept as documents of {@code database}, {@code _replicator} or one that ends in it. */
    public Replicator replicator(String database) {
        return new Replicator(transport, database);
    }

    /** Settings of the node that answers. */
    public NodeConfig config() {
        return new NodeConfig(transport);
    }

    /** Compactions, replications and index builds that run now. */
    public List<ActiveTask> activeTasks() {
        return transport.read(Call.get(Route.root("_active_tasks")), new TypeReference<>() {});
    }

    /**
     * Counters of the node that answers, below a path such as {@code couch_replicator/jobs}: cheap, where listing the
     * things counted is not.
     */
    public JsonNode statistics(String path) {
        return transport.tree(Call.get(Route.root("_node/_local/_stats/" + path)));
    }

    /** The logins. */
    public Users users() {
        return new Users(database("_users"));
    }

    /** Names of all databases from {@code first} to {@code last}, both included, in CouchDB's order; at most {@code limit}. */
    public List<String> databases(String first, String last, int limit) {
        var route = Route.root("_all_dbs")
                .withJson("start_key", first)
                .withJson("end_key", last)
                .with("limit", limit);
        return transport.read(Call.get(route), new TypeReference<>() {});
    }

    /** Names of all databases that begin with {@code prefix}. */
    public List<String> databases(String prefix) {
        return databases(prefix, prefix + '\ufff0', Integer.MAX_VALUE);
    }

    /** The figures of those of {@code names} that exist, in the order asked; {@value #DATABASES_PER_INFO} a request. */
    public Map<String, DatabaseInfo> databaseInfos(Collection<String> names) {
        var infos = LinkedHashMap.<String, DatabaseInfo>newLinkedHashMap(names.size());
        var all = names.stream().distinct().toList();
        for (var from = 0; from < all.size(); from += DATABASES_PER_INFO) {
            var keys = all.subList(from, Math.min(all.size(), from + DATABASES_PER_INFO));
            var call = Call.json("POST", Route.root("_dbs_info"), Map.of("keys", keys));
            for (var row : transport.read(call, new TypeReference<List<InfoRow>>() {})) {
                if (row.info() != null) {
                    infos.put(row.key(), row.info());
                }
            }
        }
        return infos;
    }

    private record InfoRow(String key, DatabaseInfo info) {}

    /** Ends all connections of this handle, running requests and open feeds among them. */
    @Override
    public void close() {
        if (ownsConnections) {
            transport.http().shutdownNow();
        }
    }

    @Override
    public String toString() {
        return "CouchServer[" + transport.options().url() + ", "
                + transport.options().credentials() + ']';
    }
}
