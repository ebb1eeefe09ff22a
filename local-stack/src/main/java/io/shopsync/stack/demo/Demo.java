package io.shopsync.stack.demo;

import io.shopsync.contracts.ShopId;
import io.shopsync.stack.StackException;
import io.shopsync.stack.api.ShopSyncApi;
import io.shopsync.stack.process.Folders;
import io.shopsync.stack.till.TillProgram;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The story, told while it happens. */
public final class Demo {

    private static final Map<ShopId, String> SHOPS = shops();

    private final ShopSyncApi api;
    private final TillProgram till;
    private final Path tills;
    private final boolean refusalsAreRead;
    private final PrintWriter out;

    /**
     * @param api used as an administrator
     * @param tills where tills keep their databases for the time of the demo
     * @param refusalsAreRead whether the log in which CouchDB tells of refused requests can be read
     * @param out where to tell it
     */
    public Demo(ShopSyncApi api, TillProgram till, Path tills, boolean refusalsAreRead, PrintWriter out) {
        this.api = api;
        this.till = till;
        this.tills = tills;
        this.refusalsAreRead = refusalsAreRead;
        this.out = out;
    }

    /** @throws StackException where something is not as it should be */
    public void run() {
        var begun = Instant.now();
        title("Three shops sign up");
        var shops = SHOPS.entrySet().stream()
                .map(shop -> DemoShop.signUp(api, shop.getKey(), shop.getValue()))
                .toList();
        shops.forEach(shop -> say(shop.id(), shop.awaitReady()));

        title("Each sells while its till is offline, then syncs (PouchDB, CouchDB's replication protocol)");
        Folders.delete(tills);
        shops.forEach(shop -> say(shop.id(), shop.sellAndSync(till, tills)));

        title("A till tries to read another shop's sales");
        attempt(shops.get(0), shops.get(1));

        title("What happened, as the audit has it");
        var ledger = new Ledger(api, out);
        var ids = shops.stream().map(DemoShop::id).toList();
        if (refusalsAreRead) {
            ledger.awaitFinding(ids, begun);
        }
        ledger.print(ids, begun);
        if (!refusalsAreRead) {
            out.println(
                    "  The refused attempt is missing: it would be read off CouchDB's log, and that of a server which");
            out.println("  somebody else runs cannot be read from here. Let it send its lines by syslog to the");
            out.println(
                    "  sync-orchestrator (docs/runbooks/refused-attempts.md), or try ./dev demo without COUCHDB_URL.");
        }
        Folders.delete(tills);
    }

    private void attempt(DemoShop nosy, DemoShop other) {
        var reached = nosy.reach(other, till, tills);
        if (reached.status() != 401 && reached.status() != 403) {
            throw new StackException("the till of " + nosy.id() + " reached " + other.id() + ": " + reached);
        }
        say(
                nosy.id(),
                "asked for " + other.salesDatabase() + " and was refused: " + reached.status() + " "
                        + reached.reason());
    }

    private void title(String text) {
        out.println();
        out.println(text);
        out.flush();
    }

    private void say(ShopId shop, String text) {
        out.printf("  %-15s %s%n", shop, text);
        out.flush();
    }

    private static Map<ShopId, String> shops() {
        var shops = new LinkedHashMap<ShopId, String>();
        shops.put(new ShopId("corner-bakery"), "Corner Bakery");
        shops.put(new ShopId("book-nook"), "The Book Nook");
        shops.put(new ShopId("green-grocer"), "Green Grocer");
        return shops;
    }

    /** The shops of the demo. */
    public static List<ShopId> shopIds() {
        return List.copyOf(SHOPS.keySet());
    }
}
