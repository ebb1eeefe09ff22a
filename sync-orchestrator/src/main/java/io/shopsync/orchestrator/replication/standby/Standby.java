package io.shopsync.orchestrator.replication.standby;

import io.quarkus.runtime.ShutdownEvent;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.CouchOptions;
import io.shopsync.couchdb.Credentials;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.couchdb.CouchConfig;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.reconcile.Difference;
import io.shopsync.orchestrator.reconcile.ReconcileMetrics;
import io.shopsync.orchestrator.reconcile.ShopMirror;
import io.shopsync.orchestrator.replication.engine.Remote;
import io.shopsync.orchestrator.replication.standby.StandbyShops.Kept;
import io.shopsync.orchestrator.security.SecurityPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The standby CouchDB, where there is one, and how shops are brought about on it. */
@ApplicationScoped
public class Standby {

    private static final int LOCKS = 64;

    private final StandbyShops shops;
    private final StandbyDrift drift;
    private final StandbyConfig config;
    private final String rules;
    private final String policy;
    private final Optional<Couch> couch;
    private final Optional<ShopMirror> mirror;
    private final Lock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);

    Standby(
            StandbyConfig config,
            CouchConfig limits,
            StandbyShops shops,
            StandbyDrift drift,
            SecurityPolicy policy,
            ReconcileMetrics metrics) {
        this.shops = shops;
        this.drift = drift;
        this.config = config;
        this.rules = policy.fingerprint();
        // Another server has nothing of what this one was made to match.
        this.policy = rules + '@' + config.url().orElse("");
        this.couch = config.url().map(url -> connect(url, config, limits));
        this.mirror = couch.map(it -> new ShopMirror(it, policy, limits, metrics));
    }

    private static Couch connect(String url, StandbyConfig config, CouchConfig limits) {
        var password = config.password()
                .orElseThrow(() -> new IllegalStateException("shopsync.replication.standby.password is missing"));
        var defaults = CouchOptions.of(url);
        var options = new CouchOptions(
                URI.create(url),
                Credentials.basic(config.username(), password),
                limits.connectTimeout(),
                limits.requestTimeout(),
                defaults.idleTimeout(),
                defaults.heartbeat());
        return Couch.at("the standby CouchDB", options, limits, Couch::requireAdmin);
    }

    /** When a database that is new there gets its documents. */
    public enum Filling {
        /** Before it is guarded and opened: whoever fills it sees to what the guard would refuse. */
        FIRST,
        /** Once it is guarded and open. */
        LATER
    }

    /** Whether there is one. */
    public boolean exists() {
        return couch.isPresent();
    }

    /** Whether it is there and, as far as is known, answers. */
    public boolean answers() {
        return couch.filter(it -> it.away().isEmpty()).isPresent();
    }

    /** A database on it. */
    public Remote remote(ShopDatabase database) {
        return new Remote(couch.orElseThrow(), database.physicalName());
    }

    /**
     * Makes the standby match the shop's wish, where it was not made so before.
     *
     * @param filling what is to become of databases that are new there
     * @return those that are to be filled before {@link #open}
     * @throws RuntimeException what CouchDB answered instead
     */
    public Set<ShopDatabase> keep(DesiredShop shop, Filling filling) {
        return underLock(shop.shop(), () -> {
            var known = shops.find(shop.shop());
            var settled = known.filter(it -> it.fits(shop, policy, config.fullPass()))
                    .map(Kept::filling)
                    .filter(unfilled -> filling == Filling.FIRST || unfilled.isEmpty());
            if (settled.isPresent()) {
                return settled.get();
            }
            if (known.filter(it -> it.birth() < shop.wish().birth()).isPresent()) {
                // Whoever signs up under the id of a deleted shop must not find that shop's data here either.
                mirror.orElseThrow().remove(shop);
            }
            // Anything else is a wish that waits, or rules that were changed meanwhile.
            var shouldBeRight = known.filter(it -> it.fitsButForItsAge(shop, policy));
            Consumer<List<Difference>> before =
                    found -> shouldBeRight.ifPresent(it -> note(shop, it.settledTimes(), found));
            try {
                var unfilled = broughtAbout(shop, filling, known, before);
                drift.settled(shop, policy, false, unfilled);
                return unfilled;
            } catch (Overtaken _) {
                return keep(shop, filling);
            }
        });
    }

    private Set<ShopDatabase> broughtAbout(
            DesiredShop shop, Filling filling, Optional<Kept> known, Consumer<List<Difference>> before) {
        return switch (filling) {
            case FIRST ->
                mirror.orElseThrow()
                        .bringAboutUnfilled(shop, known.map(Kept::filling).orElse(Set.of()), before);
            case LATER -> {
                mirror.orElseThrow().bringAbout(shop, before);
                yield Set.of();
            }
        };
    }

    private void note(DesiredShop shop, long settledTimes, List<Difference> found) {
        if (!found.isEmpty() && !drift.note(shop.shop(), settledTimes, found)) {
            throw new Overtaken(shop.shop());
        }
    }

    /** What was seen is older than what another process has made of the shop since: it is to be looked at again. */
    private static final class Overtaken extends RuntimeException {

        private Overtaken(ShopId shop) {
            super(shop + " was settled at the standby by somebody else");
        }
    }

    /**
     * Guards and opens a database that was filled; without effect where the wish has changed since, or another process has
     * done it: then {@link #keep} says what is to become of it.
     *
     * @throws RuntimeException what CouchDB answered instead; the shop is then looked at anew
     */
    public void open(DesiredShop shop, ShopDatabase database) {
        underLock(shop.shop(), () -> {
            var awaited = shops.find(shop.shop())
                    .filter(it -> it.generation() == shop.wish().generation())
                    .filter(it -> it.filling().contains(database));
            if (awaited.isEmpty()) {
                return database;
            }
            try {
                mirror.orElseThrow().open(database);
            } catch (RuntimeException e) {
                shops.doubt(shop.shop());
                throw e;
            }
            shops.filled(shop, database);
            return database;
        });
    }

    /** Leaves nothing of the shop on the standby. */
    public void purge(DesiredShop shop) {
        underLock(shop.shop(), () -> {
            if (shops.find(shop.shop()).filter(Kept::purged).isEmpty()) {
                mirror.orElseThrow().remove(shop);
                drift.settled(shop, policy, true, Set.of());
            }
            return shop;
        });
    }

    /** Something of the shop is missing there: it is looked at anew with the next {@link #keep}. */
    public void doubt(ShopId shop) {
        shops.doubt(shop);
    }

    /** Fingerprint of the security rules that shops are brought about by. */
    String rules() {
        return rules;
    }

    /** What a shop is brought about by: the rules, and the server. */
    String policy() {
        return policy;
    }

    void stop(@Observes ShutdownEvent event) {
        couch.ifPresent(Couch::close);
    }

    /** Of a shop's databases the first does the work for all; the others wait for it rather than do it again. */
    private <T> T underLock(ShopId shop, Supplier<T> work) {
        var lock = locks[Math.floorMod(shop.hashCode(), locks.length)];
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
