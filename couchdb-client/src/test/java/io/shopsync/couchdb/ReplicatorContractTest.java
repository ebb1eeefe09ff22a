package io.shopsync.couchdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.shopsync.couchdb.replicator.Endpoint;
import io.shopsync.couchdb.replicator.JobState;
import io.shopsync.couchdb.replicator.ReplicationDocument;
import io.shopsync.couchdb.replicator.ScheduledDocument;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplicatorContractTest {

    @RegisterExtension
    static final CouchUnderTest COUCH = new CouchUnderTest();

    private static final Duration A_JOB = Duration.ofSeconds(20);

    @Test
    void runsAJobAndSaysWhatItDid() {
        // Given
        var replicator = COUCH.server().replicator("_replicator");
        var source = COUCH.database();
        var target = COUCH.database();
        source.documents().put("a", Map.of("keep", true));
        source.documents().put("b", Map.of("keep", false));
        var job = ReplicationDocument.create("client-" + COUCH.unique(), endpoint(source), endpoint(target), false)
                .matching(Json.MAPPER.valueToTree(Map.of("keep", true)));
        // When
        var rev = replicator.put(job);
        // Then
        Awaitility.await()
                .atMost(A_JOB)
                .untilAsserted(() -> assertThat(replicator.scheduled(job.id())).hasValueSatisfying(seen -> {
                    assertThat(seen.state()).isEqualTo(JobState.COMPLETED);
                    assertThat(seen.documentId()).isEqualTo(job.id());
                    assertThat(seen.statistics()).hasValueSatisfying(done -> {
                        assertThat(done.written()).isEqualTo(1);
                        assertThat(done.writeFailures()).isZero();
                    });
                }));
        assertThat(target.documents().get("a")).isPresent();
        assertThat(replicator.get(job.id())).hasValueSatisfying(kept -> {
            assertThat(kept.finalState()).hasValue("completed");
            assertThat(kept.rev()).isPresent().isNotEqualTo(Optional.of(rev));
            assertThat(kept.selector()).isEqualTo(job.selector());
        });
        replicator.delete(job.id(), replicator.get(job.id()).orElseThrow().rev().orElseThrow());
        assertThat(replicator.get(job.id())).isEmpty();
    }

    @Test
    void listsJobsOfAContinuousReplication() {
        // Given
        var replicator = COUCH.server().replicator("_replicator");
        var job = ReplicationDocument.create(
                "client-" + COUCH.unique(), endpoint(COUCH.database()), endpoint(COUCH.database()), true);
        // When
        replicator.putAll(List.of(job));
        // Then
        Awaitility.await().atMost(A_JOB).untilAsserted(() -> {
            assertThat(replicator.scheduled(job.id()).map(ScheduledDocument::state))
                    .hasValue(JobState.RUNNING);
            assertThat(replicator.jobs(1000, 0).items())
                    .anySatisfy(running -> assertThat(running.documentId()).hasValue(job.id()));
        });
        assertThat(replicator.scheduled(1000, 0).items())
                .extracting(ScheduledDocument::documentId)
                .contains(job.id());
        replicator.delete(job.id(), replicator.get(job.id()).orElseThrow().rev().orElseThrow());
        Awaitility.await()
                .atMost(A_JOB)
                .untilAsserted(() -> assertThat(replicator.scheduled(job.id())).isEmpty());
    }

    @Test
    void readsAndChangesSettings() {
        // Given
        var config = COUCH.server().config();
        var key = "client_" + COUCH.unique();
        // When
        config.put("shopsync_test", key, "a \"b\"");
        // Then
        assertThat(config.get("shopsync_test", key)).hasValue("a \"b\"");
        assertThat(config.delete("shopsync_test", key)).isTrue();
        assertThat(config.delete("shopsync_test", key)).isFalse();
        assertThat(config.get("shopsync_test", key)).isEmpty();
    }

    @Test
    void listsBackgroundWork() {
        assertThat(COUCH.server().activeTasks()).isNotNull();
        assertThatExceptionOfType(CouchException.Unauthorized.class)
                .isThrownBy(() -> COUCH.server().as(Credentials.ANONYMOUS).activeTasks());
    }

    private static Endpoint endpoint(Database database) {
        var options = COUCH.server().options();
        var userInfo = URI.create(CouchUnderTest.url()).getUserInfo().split(":", 2);
        return new Endpoint(
                URI.create(options.url() + "/" + Route.escape(database.name())),
                Optional.of(new Endpoint.Login(userInfo[0], userInfo[1])));
    }
}
