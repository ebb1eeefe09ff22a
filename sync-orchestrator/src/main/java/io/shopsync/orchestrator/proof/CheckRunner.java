package io.shopsync.orchestrator.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.proof.CheckStore.Pair;
import io.shopsync.orchestrator.security.SecurityPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Carries a check out, from wherever it was cut off: each shop's result is kept as soon as it is there, and what an earlier
 * attempt left in CouchDB is taken away first.
 */
@ApplicationScoped
class CheckRunner {

    private final CheckStore store;
    private final DesiredShops shops;
    private final ShopInspection inspection;
    private final Litter litter;
    private final Signer signer;
    private final SecurityPolicy policy;
    private final Couch couch;
    private final ObjectMapper json;
    private final ProofConfig config;

    CheckRunner(
            CheckStore store,
            DesiredShops shops,
            ShopInspection inspection,
            Litter litter,
            Signer signer,
            SecurityPolicy policy,
            Couch couch,
            ObjectMapper json,
            ProofConfig config) {
        this.store = store;
        this.shops = shops;
        this.inspection = inspection;
        this.litter = litter;
        this.signer = signer;
        this.policy = policy;
        this.couch = couch;
        this.json = json;
        this.config = config;
    }

    /** @throws ExecutionException with what stopped it */
    void run(Check check) throws InterruptedException, ExecutionException {
        litter.clear(check);
        if (store.left(check).isEmpty()) {
            store.add(check, pairs(check.shop(), shops.active()));
        }
        inspection.prepare();
        inspect(check, store.left(check));
        var results = store.results(check);
        var report = report(check, results);
        var text = text(report);
        store.done(check, report, results, text, signer.sign(text));
    }

    /** Each shop with the next one, the last with the first. */
    static List<Pair> pairs(Optional<ShopId> scope, List<ShopId> active) {
        if (scope.isPresent()) {
            var shop = scope.get();
            var next =
                    active.stream().filter(other -> other.compareTo(shop) > 0).findFirst();
            var other = next.or(() -> active.stream().findFirst()).filter(it -> !it.equals(shop));
            return List.of(new Pair(shop, other));
        }
        var pairs = new ArrayList<Pair>(active.size());
        for (int i = 0; i < active.size(); i++) {
            var other = Optional.of(active.get((i + 1) % active.size()));
            pairs.add(new Pair(active.get(i), active.size() == 1 ? Optional.empty() : other));
        }
        return pairs;
    }

    private void inspect(Check check, List<Pair> pairs) throws InterruptedException, ExecutionException {
        var places = new Semaphore(config.shopsAtOnce());
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("isolation-check-", 0).factory())) {
            var done = new ExecutorCompletionService<Void>(threads);
            try {
                for (var pair : pairs) {
                    done.submit(() -> inspect(check, pair, places));
                }
                for (int i = 0; i < pairs.size(); i++) {
                    done.take().get();
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private Void inspect(Check check, Pair pair, Semaphore places) throws InterruptedException {
        places.acquire();
        try {
            store.checked(check, inspection.inspect(check, pair.shop(), pair.other()));
            return null;
        } finally {
            places.release();
        }
    }

    private Report report(Check check, List<ShopResult> results) {
        var server = couch.ask(it -> it.info());
        return new Report(
                Report.TYPE,
                check.id(),
                check.shop(),
                check.requestedBy(),
                check.requestedAt().truncatedTo(ChronoUnit.SECONDS),
                check.startedAt().orElseThrow().truncatedTo(ChronoUnit.SECONDS),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                server.version(),
                policy.fingerprint(),
                results.stream().map(result -> result.part().verdict()).reduce(Verdict.ISOLATED, Verdict::and),
                Tallies.sum(results.stream().flatMap(result -> result.attempts().stream())),
                results.stream().map(ShopResult::part).toList());
    }

    private String text(Report report) {
        try {
            return json.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is always JSON", e);
        }
    }
}
