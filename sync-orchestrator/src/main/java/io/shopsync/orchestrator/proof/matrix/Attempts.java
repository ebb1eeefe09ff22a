package io.shopsync.orchestrator.proof.matrix;

import static io.shopsync.orchestrator.proof.matrix.Attempt.Effect.DOCUMENT;
import static io.shopsync.orchestrator.proof.matrix.Attempt.Effect.LASTING;
import static io.shopsync.orchestrator.proof.matrix.Attempt.Effect.NONE;
import static io.shopsync.orchestrator.proof.matrix.Attempt.reading;
import static io.shopsync.orchestrator.proof.matrix.Attempt.trying;
import static io.shopsync.orchestrator.proof.matrix.Right.DATABASE_ADMIN;
import static io.shopsync.orchestrator.proof.matrix.Right.MEMBER;
import static io.shopsync.orchestrator.proof.matrix.Right.NOBODY;
import static io.shopsync.orchestrator.proof.matrix.Right.SERVER_ADMIN;

import java.util.List;

/**
 * All that is tried. Left out is {@code POST /_replicate}, which CouchDB lets any login use (measured): the edge before it
 * does not let it through.
 */
public final class Attempts {

    /** Reading a shop's database by every path that CouchDB has. */
    public static final List<Attempt> READING = List.of(
            reading("GET", "/{db}"),
            reading("GET", "/{db}/_all_docs?limit=1&include_docs=true"),
            reading("POST", "/{db}/_all_docs", "{\"keys\":[\"{doc}\"]}"),
            reading("GET", "/{db}/_design_docs?limit=1"),
            reading("GET", "/{db}/_changes?limit=1&include_docs=true"),
            reading("GET", "/{db}/_changes?feed=longpoll&limit=1&timeout=50"),
            reading("POST", "/{db}/_changes?filter=_doc_ids", "{\"doc_ids\":[\"{doc}\"]}"),
            reading("GET", "/{db}/{doc}"),
            reading("GET", "/{db}/{doc}?open_revs=all"),
            reading("GET", "/{db}/{doc}/attachment"),
            reading("COPY", "/{db}/{doc}"),
            reading("POST", "/{db}/_bulk_get", "{\"docs\":[{\"id\":\"{doc}\"}]}"),
            reading("POST", "/{db}/_revs_diff", "{\"{doc}\":[\"1-00000000000000000000000000000000\"]}"),
            reading("POST", "/{db}/_missing_revs", "{\"{doc}\":[\"1-00000000000000000000000000000000\"]}"),
            reading("POST", "/{db}/_find", "{\"selector\":{},\"limit\":1}"),
            reading("POST", "/{db}/_explain", "{\"selector\":{},\"limit\":1}"),
            reading("GET", "/{db}/_design/shopsync-guard"),
            reading("GET", "/{db}/_design/{doc}/_view/all?limit=1"),
            reading("GET", "/{db}/_local_docs?limit=1"),
            reading("GET", "/{db}/_local/{doc}"),
            reading("GET", "/{db}/_security"),
            reading("GET", "/{db}/_revs_limit"),
            reading("GET", "/{db}/_shards"));

    /** Writing what is another shop's, or nobody's, by every path; the guard refuses it also to members. */
    public static final List<Attempt> SMUGGLING = List.of(
            trying("PUT", "/{db}/{doc}", NOBODY, DOCUMENT).with("{\"shopId\":\"{mark}\"}"),
            trying("PUT", "/{db}/{doc}", NOBODY, DOCUMENT).with("{}"),
            trying("POST", "/{db}", NOBODY, DOCUMENT).with("{\"_id\":\"{doc}\",\"shopId\":\"{mark}\"}"),
            trying("PUT", "/{db}/{doc}?new_edits=false", NOBODY, DOCUMENT)
                    .with("{\"_rev\":\"1-00000000000000000000000000000000\",\"shopId\":\"{mark}\"}"),
            trying("POST", "/{db}/_bulk_docs", NOBODY, DOCUMENT)
                    .with("{\"docs\":[{\"_id\":\"{doc}\",\"shopId\":\"{mark}\"}]}"),
            trying("POST", "/{db}/_bulk_docs", NOBODY, DOCUMENT)
                    .with("{\"new_edits\":false,\"docs\":[{\"_id\":\"{doc}\","
                            + "\"_rev\":\"1-00000000000000000000000000000000\",\"shopId\":\"{mark}\"}]}"),
            trying("POST", "/{db}/_bulk_docs", NOBODY, DOCUMENT)
                    .with("{\"new_edits\":false,\"docs\":[{\"_id\":\"{doc}\",\"_deleted\":true,"
                            + "\"_rev\":\"1-00000000000000000000000000000000\",\"shopId\":\"{mark}\"}]}"),
            trying("PUT", "/{db}/{doc}/attachment", NOBODY, DOCUMENT).with("\"text\""),
            trying("PUT", "/{db}", SERVER_ADMIN, NONE));

    /** Changing a shop's own database: only on a database of the check's own, with the same rules. */
    public static final List<Attempt> CHANGING = List.of(
            trying("PUT", "/{db}/{doc}-own", MEMBER, LASTING).with("{\"shopId\":\"{shop}\"}"),
            trying("PUT", "/{db}/_local/{doc}", MEMBER, LASTING).with("{}"),
            trying("POST", "/{db}/_ensure_full_commit", MEMBER, LASTING),
            trying("PUT", "/{db}/_design/{doc}", DATABASE_ADMIN, LASTING).with("{\"language\":\"javascript\"}"),
            trying("DELETE", "/{db}/_design/shopsync-guard?rev={guard}", DATABASE_ADMIN, LASTING),
            trying("PUT", "/{db}/_security", DATABASE_ADMIN, LASTING).with("{}").alsoRefusedBy(500),
            trying("PUT", "/{db}/_revs_limit", DATABASE_ADMIN, LASTING)
                    .with("5")
                    .alsoRefusedBy(500),
            trying("POST", "/{db}/_compact", DATABASE_ADMIN, LASTING).with("{}"),
            trying("POST", "/{db}/_view_cleanup", DATABASE_ADMIN, LASTING).with("{}"),
            trying("POST", "/{db}/_purge", SERVER_ADMIN, LASTING)
                    .with("{\"{doc}\":[\"1-00000000000000000000000000000000\"]}"),
            trying("DELETE", "/{db}", SERVER_ADMIN, LASTING));

    /** Reaching what belongs to no shop. */
    public static final List<Attempt> SERVER = List.of(
            trying("GET", "/_all_dbs", SERVER_ADMIN, NONE),
            trying("POST", "/_dbs_info", SERVER_ADMIN, NONE).with("{\"keys\":[\"{db}\"]}"),
            trying("GET", "/_active_tasks", SERVER_ADMIN, NONE),
            trying("GET", "/_scheduler/jobs", SERVER_ADMIN, NONE),
            trying("GET", "/_db_updates?timeout=50", SERVER_ADMIN, NONE),
            trying("GET", "/_membership", SERVER_ADMIN, NONE),
            trying("GET", "/_node/_local/_config/admins", SERVER_ADMIN, NONE),
            trying("GET", "/_users", SERVER_ADMIN, NONE),
            trying("GET", "/_users/_all_docs?limit=1", SERVER_ADMIN, NONE),
            trying("GET", "/_users/org.couchdb.user:{login}", SERVER_ADMIN, NONE),
            trying("GET", "/_replicator", SERVER_ADMIN, NONE),
            trying("GET", "/{quarantine}", SERVER_ADMIN, NONE),
            trying("GET", "/{quarantine}/_all_docs?limit=1", SERVER_ADMIN, NONE));

    private Attempts() {}
}
