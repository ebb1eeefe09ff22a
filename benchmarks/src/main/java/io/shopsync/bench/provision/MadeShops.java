package io.shopsync.bench.provision;

import io.shopsync.bench.PrivateStack;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.document.DocumentRow;
import io.shopsync.stack.couchdb.CouchServer.Kind;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * Names the shops of a run, and takes all that was made of them out of CouchDB at its end. A private CouchDB goes as a
 * whole; from a given one what was made is removed.
 */
final class MadeShops implements AutoCloseable {

    private static final int DELETIONS_AT_ONCE = 16;
    private static final String USERS = "_users";

    private final PrivateStack stack;
    private final String run = Long.toString(new SecureRandom().nextLong(1L << 40), Character.MAX_RADIX);
    private final List<ShopId> signups = new ArrayList<>();
    private final List<ShopId> copies = new ArrayList<>();
    private ShopRequests requests;

    MadeShops(PrivateStack stack) {
        this.stack = stack;
    }

    /** So many new shops to sign up. */
    List<ShopId> signups(int count) {
        return more("s", count, signups);
    }

    /** So many new shops to copy. */
    List<ShopId> copies(int count) {
        return more("c", count, copies);
    }

    /** What makes copies of a shop that has signed up. */
    RawProvisioning copying(ShopId shop) {
        requests = ShopRequests.of(stack.couchdb(), shop);
        return new RawProvisioning(stack.couchdb(), requests);
    }

    @Override
    public void close() {
        if (stack.addresses().couchdbKind() != Kind.GIVEN) {
            return;
        }
        // Those who would mend it go first.
        stack.stopServices();
        var databases = new ArrayList<String>();
        for (var shop : signups) {
            databases.addAll(stack.couchdb().databases(ShopDatabase.PREFIX + shop + '_'));
        }
        if (requests != null) {
            copies.forEach(copy -> databases.addAll(requests.databasesOf(copy)));
        }
        delete(databases);
        deleteLogins();
    }

    private List<ShopId> more(String kind, int count, List<ShopId> all) {
        var names = IntStream.range(all.size(), all.size() + count)
                .mapToObj(number -> new ShopId("bench-" + run + '-' + kind + number))
                .toList();
        all.addAll(names);
        return names;
    }

    private void delete(List<String> databases) {
        var permits = new Semaphore(DELETIONS_AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var name : databases) {
                permits.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        stack.couchdb().database(name).delete();
                    } finally {
                        permits.release();
                    }
                });
            }
        }
    }

    private void deleteLogins() {
        var ids = new ArrayList<String>();
        signups.forEach(shop -> ids.addAll(List.of(id(shop.syncLogin()), id(shop.adminLogin()))));
        if (requests != null) {
            copies.forEach(copy -> ids.addAll(requests.loginsOf(copy)));
        }
        var users = stack.couchdb().database(USERS);
        users.bulk()
                .write(users.rows(ids).stream()
                        .filter(DocumentRow.Present.class::isInstance)
                        .map(DocumentRow.Present.class::cast)
                        .map(row -> Map.of("_id", row.id(), "_rev", row.rev(), "_deleted", true))
                        .toList());
    }

    private static String id(String login) {
        return "org.couchdb.user:" + login;
    }
}
