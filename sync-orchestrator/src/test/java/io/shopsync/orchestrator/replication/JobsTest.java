package io.shopsync.orchestrator.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.ReplicationReason;
import io.shopsync.contracts.sync.SyncEvent.DriftRepaired;
import io.shopsync.contracts.sync.SyncEvent.RepairKind;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.document.LocalDocument;
import io.shopsync.orchestrator.Faults;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.StandbyProxy;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.orchestrator.replication.jobs.JobRecords;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.stack.testing.CouchResource;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OrchestratorTest
@QuarkusTestResource(value = StandbyProxy.class, restrictToAnnotatedClass = true)
@TestProfile(JobsTest.Jobs.class)
class JobsTest extends EngineContract {

    @Inject
    JobRecords records;

    /** CouchDB's own replicator, looked at often. */
    public static final class Jobs implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "shopsync.replication.engine", "jobs",
                    "shopsync.replication.jobs.own-url",
                            CouchResource.address().url().toString(),
                    "shopsync.replication.jobs.look-every", "300ms",
                    "shopsync.replication.jobs.watch-every", "1s",
                    "shopsync.replication.jobs.stalled-after", "4s",
                    "shopsync.replication.jobs.checkpoint-every", "1s");
        }
    }

    @Test
    void putsAJobRightThatSomebodyChangedAndTellsOfIt() {
        // Given
        var shop = ready();
        var other = stage.couch().database("unrelated-" + shop);
        other.create(1);
        var job = replicator().documents().get(job(shop)).orElseThrow();
        // When
        ((ObjectNode) job.path("target")).put("url", stage.couch().options().url() + "/" + other.name());
        job.putObject("selector").put("shopId", "none");
        replicator().documents().put(job(shop), job);
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(stage.found(shop)).singleElement().satisfies(finding -> {
                assertThat(finding.finding()).isEqualTo(FindingKind.REPLICATION_DRIFT);
                assertThat(finding.details()).containsKeys("found.target", "found.selector");
                assertThat(finding.details().get("found.target")).endsWith(other.name());
            });
            assertThat(stage.told(shop, DriftRepaired.class))
                    .singleElement()
                    .satisfies(repaired -> assertThat(repaired.repairs())
                            .extracting(repair -> repair.kind())
                            .containsExactly(RepairKind.REPLICATION_JOB_WRITTEN));
        });
        here(sales(shop)).documents().put("sale-1", document(shop));
        awaitEqual(shop);
        other.delete();
    }

    @Test
    void makesAJobAnewThatSomebodyDeleted() {
        // Given
        var shop = ready();
        var rev = replicator()
                .documents()
                .get(job(shop))
                .orElseThrow()
                .path("_rev")
                .asText();
        // When
        replicator().documents().delete(job(shop), rev);
        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(replicator().documents().get(job(shop))).isPresent());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stage.found(shop))
                        .singleElement()
                        .satisfies(finding -> assertThat(finding.details()).containsEntry("found.document", "none")));
    }

    @Test
    void tellsAJobThatCrashesThoughBothSidesAnswer() {
        // Given
        var shop = ready();
        try (var _ = Faults.standbyRefuses("shop_" + shop + "_sales/_revs_diff")) {
            // When
            here(sales(shop)).documents().put("sale-1", document(shop));
            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(trouble(shop)).contains(ReplicationReason.JOB_CRASHING));
        }
        command(shop, "sync");
        awaitEqual(shop);
        awaitState(shop, PairState.IDLE);
    }

    @Test
    void tellsAJobThatCouchDbHasGivenUp() {
        // Given
        var shop = ready();
        var twin = replicator().documents().get(job(shop)).orElseThrow();
        command(shop, "pause");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(replicator().documents().get(job(shop))).isEmpty());
        twin.remove("_rev");
        var rev = replicator().documents().put("twin-" + shop, twin.put("_id", "twin-" + shop));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(stage.couch().replicator("_replicator").scheduled("twin-" + shop))
                                .isPresent());
        // When
        command(shop, "resume");
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(trouble(shop)).contains(ReplicationReason.JOB_FAILED));
        // When
        replicator().documents().delete("twin-" + shop, rev);
        command(shop, "sync");
        // Then
        awaitState(shop, PairState.IDLE);
    }

    @Test
    void tellsAJobThatRunsAndDoesNotAdvance() {
        // Given
        var shop = ready();
        try (var _ = Faults.standbyHangs("shop_" + shop + "_sales/(_revs_diff|_bulk_docs)")) {
            // When
            here(sales(shop)).documents().put("sale-1", document(shop));
            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(trouble(shop)).contains(ReplicationReason.JOB_STALLED));
        }
        awaitEqual(shop);
        awaitState(shop, PairState.IDLE);
    }

    @Test
    void noShopSeesTheJobsAndTheirPasswords() {
        // Given
        var shop = ready();
        // When
        var asTill =
                stage.couch(shop.syncLogin(), Shops.password(shop, "first")).database("_replicator");
        // Then
        assertThatThrownBy(() -> asTill.documents().get(job(shop)))
                .isInstanceOfAny(CouchException.Forbidden.class, CouchException.Unauthorized.class);
        assertThat(pair(shop).orElseThrow().toString())
                .doesNotContain(CouchResource.standby().password() + '"');
    }

    @Test
    void aJobEndsBeforeItsDatabase() {
        // Given
        var shop = ready();
        // When
        stage.publish(Shops.fact(new ShopEvent.Deleted(shop, Instant.now().plusSeconds(1))));
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(stage.couch().databases("shop_" + shop + "_")).isEmpty();
            assertThat(standby.databases("shop_" + shop + "_")).isEmpty();
        });
        assertThat(replicator().documents().get(job(shop))).isEmpty();
    }

    @Test
    void itsCheckpointIsNoDevices() {
        // Given
        var shop = ready();
        // When
        here(sales(shop)).documents().put("sale-1", document(shop));
        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(here(sales(shop)).local().page("", 10))
                        .singleElement()
                        .extracting(LocalDocument::id)
                        .isEqualTo("_local/"
                                + records.checkpoints(sales(shop)).stream()
                                        .findFirst()
                                        .orElse("")));
    }

    private static Database replicator() {
        return stage.couch().database("_replicator");
    }

    private static String job(ShopId shop) {
        return "shopsync:shop_" + shop + "_sales:standby:push";
    }
}
