package io.shopsync.provisioning.shop;

import io.micrometer.core.instrument.MeterRegistry;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.eventing.Outbox;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import io.shopsync.provisioning.credential.Credentials;
import io.shopsync.provisioning.idempotency.IdempotencyKeys;
import io.shopsync.provisioning.idempotency.RequestHash;
import io.shopsync.provisioning.platform.Events;
import io.shopsync.provisioning.platform.MetricNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes a shop in: its row, its passwords and the event that makes it known are stored in one transaction, or nothing
 * is.
 *
 * <p>A shop's first signup wins its id for ever. The same caller asking for the same again gets the same receipt and
 * nothing is done twice, with or without an {@code Idempotency-Key}.
 */
@ApplicationScoped
class Signup {

    private final Registry registry;
    private final Credentials credentials;
    private final IdempotencyKeys keys;
    private final Outbox outbox;
    private final Clock clock;
    private final MeterRegistry metrics;

    Signup(
            Registry registry,
            Credentials credentials,
            IdempotencyKeys keys,
            Outbox outbox,
            Clock clock,
            MeterRegistry metrics) {
        this.registry = registry;
        this.credentials = credentials;
        this.keys = keys;
        this.outbox = outbox;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** @throws ProblemException where the id or the key is taken by another request */
    @Transactional
    public SignupReceipt signUp(SignupRequest request, String caller, Optional<String> key) {
        var hash = RequestHash.of("signup", caller, request.canonical());
        var event = UUID.randomUUID();
        var now = clock.instant();
        // The registry itself tells a repetition; the key is taken so that it serves no other request.
        key.ifPresent(k -> keys.take(caller, k, hash, event));
        if (registry.insertIfAbsent(ShopEntity.signedUp(request, caller, hash, event, now))) {
            var logins = credentials.issue(request.id(), now);
            var created = new ShopEvent.Created(request.id(), request.name(), request.catalogue(), logins);
            outbox.publish(Events.askedBy(caller, event, now, created));
            count("accepted");
            return receipt(request, now);
        }
        return repeated(request, hash);
    }

    private SignupReceipt repeated(SignupRequest request, RequestHash hash) {
        var first = registry.find(request.id()).orElseThrow();
        if (first.wish == Wish.DELETED || !hash.sameAs(first.signupHash)) {
            count("refused");
            throw new ProblemException(
                    ProblemCode.SHOP_ID_TAKEN,
                    "There is or was a shop " + request.id() + ", signed up by another caller or with other details.");
        }
        count("repeated");
        return receipt(request, first.signedUpAt);
    }

    private static SignupReceipt receipt(SignupRequest request, Instant signedUpAt) {
        return new SignupReceipt(
                request.id(),
                request.name(),
                ShopStatus.REQUESTED,
                request.catalogue().stream().sorted().toList(),
                signedUpAt,
                SignupReceipt.Links.of(request.id()));
    }

    private void count(String outcome) {
        metrics.counter(MetricNames.SIGNUPS, "outcome", outcome).increment();
    }
}
