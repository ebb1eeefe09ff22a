package io.shopsync.bench.provision;

import io.shopsync.bench.Rate;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.CouchServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Sends the requests that shops take straight to CouchDB, in the fastest order that is safe: the databases of a shop
 * side by side, several shops at once, and the logins of those in one request.
 */
record RawProvisioning(CouchServer server, ShopRequests requests) {

    /** Makes the shops, so many of them at once. */
    Rate make(List<ShopId> shops, int inFlight) {
        return Rate.of(() -> {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var running = new ArrayList<CompletableFuture<Void>>();
                var permits = new Semaphore(inFlight);
                for (int from = 0; from < shops.size(); from += inFlight) {
                    var together = shops.subList(from, Math.min(shops.size(), from + inFlight));
                    for (var shop : together) {
                        permits.acquireUninterruptibly();
                        if (shop.equals(together.getFirst())) {
                            running.add(
                                    CompletableFuture.runAsync(() -> requests.makeLogins(server, together), threads));
                        }
                        running.add(makeDatabases(shop, threads).whenComplete((_, _) -> permits.release()));
                    }
                }
                CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new))
                        .join();
            }
            return shops.size();
        });
    }

    private CompletableFuture<Void> makeDatabases(ShopId shop, ExecutorService threads) {
        return CompletableFuture.allOf(requests.databases().stream()
                .map(database ->
                        CompletableFuture.runAsync(() -> requests.makeDatabase(server, database, shop), threads))
                .toArray(CompletableFuture<?>[]::new));
    }
}
