package io.shopsync.couchdb.embedded.replication;

import io.shopsync.couchdb.embedded.wire.CouchError;

/** A replication that cannot go on. The scheduler tries again, {@code _replicate} answers with it. */
final class Crash extends RuntimeException {
    private final CouchError answer;

    /** @param text as {@code _scheduler} shows it: an Erlang term more often than not */
    Crash(String text, CouchError answer) {
        super(text, null, false, false);
        this.answer = answer;
    }

    static Crash of(String text) {
        return new Crash(text, new CouchError(500, "error", text));
    }

    static Crash notFound(Endpoint endpoint) {
        return named(500, "db_not_found", "could not open " + endpoint);
    }

    static Crash unauthorized(Endpoint endpoint) {
        return named(401, "unauthorized", "unauthorized to access or create database " + endpoint);
    }

    private static Crash named(int status, String error, String reason) {
        return new Crash(error + ": " + reason, new CouchError(status, error, reason));
    }

    static Crash forbidden(Endpoint endpoint) {
        return named(403, "forbidden", endpoint.toString());
    }

    /** The name or the password is wrong: CouchDB's replicator logs in by {@code _session}. */
    static Crash wrongPassword(Endpoint endpoint) {
        var cause = "{session_request_unauthorized,\"" + endpoint.url().resolve("/_session") + "\",\"" + endpoint.user()
                + "\"}";
        return new Crash(
                "{replication_auth_error,\n    " + cause + "}", new CouchError(500, "replication_auth_error", cause));
    }

    /** @param cause what Erlang's HTTP client would say */
    static Crash unreachable(String method, String url, String cause) {
        return of("{http_request_failed,\"" + method + "\",\"" + url + "\",\n                     {error," + cause
                + "}}");
    }

    CouchError answer() {
        return answer;
    }
}
