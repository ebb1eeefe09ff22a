package io.shopsync.orchestrator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import io.shopsync.contracts.isolation.IsolationEvent.FindingEnded;
import io.shopsync.contracts.isolation.IsolationEvent.FindingRaised;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.couchdb.CouchOptions;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Credentials;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.eventing.TraceContext;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.CouchResource;
import io.shopsync.stack.testing.EventLog;
import io.shopsync.stack.testing.Tokens;
import java.time.Duration;
import java.util.List;

/** The world around the service, for tests: the topics it reads and writes, and CouchDB as its admin and tills see it. */
public final class Stage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventLog shops = EventLog.of(Topic.SHOPS, EnvelopeCodec::encode, EnvelopeCodec::decode);
    private final EventLog syncEvents = EventLog.of(Topic.SYNC_EVENTS, EnvelopeCodec::encode, EnvelopeCodec::decode);
    private final EventLog findings =
            EventLog.of(Topic.ISOLATION_FINDINGS, EnvelopeCodec::encode, EnvelopeCodec::decode);
    private final CouchServer couch;

    public Stage() {
        var address = CouchResource.address();
        couch = CouchServer.connect(CouchOptions.of(address.url().toString())
                .withCredentials(Credentials.basic(address.username(), address.password())));
    }

    /** CouchDB, asked as server admin, past the proxy. */
    public CouchServer couch() {
        return couch;
    }

    /** CouchDB, asked as a login. */
    public CouchServer couch(String login, String password) {
        return couch.as(Credentials.basic(login, password));
    }

    public <E extends ShopEvent> Envelope<E> publish(Envelope<E> fact) {
        shops.publish(fact);
        return fact;
    }

    public <E extends ShopEvent> Envelope<E> publishTraced(Envelope<E> fact, String traceparent) {
        shops.publishTraced(fact, traceparent);
        return fact;
    }

    /** The traces that what the service told of a shop is part of, one a record. */
    public List<String> traces(ShopId shop) {
        return syncEvents.records().stream()
                .filter(record -> shop.value().equals(record.key()))
                .map(record -> TraceContext.of(record).orElse("none").split("-"))
                .map(parts -> parts.length > 1 ? parts[1] : "none")
                .toList();
    }

    /** What the service told of a shop, of one type. */
    public <E extends SyncEvent> List<E> told(ShopId shop, Class<E> type) {
        return syncEvents.of(shop, type);
    }

    /** Everything the service told of a shop. */
    public List<Envelope<?>> told(ShopId shop) {
        return syncEvents.of(shop);
    }

    /** What was found wrong about a shop's isolation. */
    public List<FindingRaised> found(ShopId shop) {
        return findings.of(shop, FindingRaised.class);
    }

    /** Everything that was told about a shop's isolation, with who asked for it. */
    public List<Envelope<?>> isolation(ShopId shop) {
        return findings.of(shop);
    }

    /** What findings about a shop came to that went on. */
    public List<FindingEnded> ended(ShopId shop) {
        return findings.of(shop, FindingEnded.class);
    }

    /** Signs a shop up and waits until it is ready. */
    public ShopId ready(Envelope<ShopEvent.Created> created) {
        publish(created);
        awaitTold(created, SyncEvent.ShopProvisioned.class);
        return created.body().shop();
    }

    /** Waits until the service has told an event of this type because of {@code cause}. */
    public <E extends SyncEvent> E awaitTold(Envelope<? extends ShopEvent> cause, Class<E> type) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(syncEvents.of(cause.body().shop()))
                        .anySatisfy(event -> {
                            assertThat(event.cause()).contains(cause.id());
                            assertThat(event.body()).isInstanceOf(type);
                        }));
        return told(cause.body().shop(), type).getLast();
    }

    /** Has a shop looked at now, as an operator would. */
    public void askToReconcile(ShopId shop) {
        given().auth()
                .oauth2(Tokens.of(Roles.OPERATOR))
                .post("/api/v1/shops/" + shop + "/reconcile")
                .then()
                .statusCode(202);
    }

    @Override
    public void close() {
        shops.close();
        syncEvents.close();
        findings.close();
        couch.close();
    }
}
