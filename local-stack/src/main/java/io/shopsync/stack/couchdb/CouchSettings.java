package io.shopsync.stack.couchdb;

/** What every CouchDB that we start is told, wherever it runs. */
final class CouchSettings {

    private CouchSettings() {}

    static String text(String address, int port) {
        return """
                [couchdb]
                single_node = true
                ; A shop has four databases; beyond this many the files of idle ones are closed and opened again.
                max_dbs_open = 10000
                [cluster]
                ; More shards cost files, memory and CPU for each of thousands of small databases.
                q = 1
                ; Otherwise each creation logs an error about missing copies.
                n = 1
                [chttpd]
                bind_address = %1$s
                port = %2$d
                require_valid_user_except_for_up = true
                [chttpd_auth]
                ; The control plane derives the keys, of passwords with 256 bits of entropy. Hashing them again at the
                ; first login would cost 120 ms and change the user's document under us.
                upgrade_hash_on_auth = false
                [chttpd_auth_lockout]
                mode = enforce
                [fabric]
                ; Rights are looked at when a feed is opened and never again: it ends after this many milliseconds.
                changes_duration = 240000
                [replicator]
                ; The default adds up to 5 s to each job.
                startup_jitter = 100
                [log]
                ; Each request and its answer: who was refused what is read from there.
                level = notice
                """.formatted(address, port);
    }
}
