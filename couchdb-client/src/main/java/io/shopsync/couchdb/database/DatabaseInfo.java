package io.shopsync.couchdb.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * The figures of a database.
 *
 * @param updateSeq the opaque sequence of the last change; only to be compared for equality and passed as {@code since}
 * @param purgeSeq the opaque sequence of the last purge
 * @param instanceStartTime when this incarnation of the database was made (epoch seconds as text): it differs after the
 *     database was deleted and made anew
 */
public record DatabaseInfo(
        @JsonProperty("db_name") String name,
        @JsonProperty("update_seq") String updateSeq,
        @JsonProperty("purge_seq") String purgeSeq,
        @JsonProperty("instance_start_time") String instanceStartTime,
        @JsonProperty("doc_count") long documents,
        @JsonProperty("doc_del_count") long deleted,
        @JsonProperty("compact_running") boolean compacting,
        Sizes sizes,
        Cluster cluster) {

    /** Servers that leave sizes or cluster out are read as zeros. */
    public DatabaseInfo {
        Objects.requireNonNull(name, "db_name");
        sizes = Objects.requireNonNullElse(sizes, new Sizes(0, 0, 0));
        cluster = Objects.requireNonNullElse(cluster, new Cluster(1, 1));
    }

    /**
     * Bytes.
     *
     * @param file on disk
     * @param active of live data
     * @param external of live data, uncompressed
     */
    public record Sizes(long file, long active, long external) {}

    /**
     * How the database is spread.
     *
     * @param q shards
     * @param n copies of each shard
     */
    public record Cluster(int q, int n) {}
}
