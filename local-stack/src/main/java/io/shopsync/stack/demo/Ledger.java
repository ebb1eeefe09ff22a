package io.shopsync.stack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.contracts.ShopId;
import io.shopsync.stack.Service;
import io.shopsync.stack.StackException;
import io.shopsync.stack.api.ShopSyncApi;
import io.shopsync.stack.process.Pause;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;

/** The stories of some shops as one table. */
record Ledger(ShopSyncApi api, PrintWriter out) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String ROW = "  %-12s  %-13s  %-12s  %s%n";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private record Row(Instant time, ShopId shop, String who, String type, String what) {}

    /**
     * Waits until the refused attempt is in it.
     *
     * @throws StackException where it is not after some seconds
     */
    void awaitFinding(List<ShopId> shops, Instant begun) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (rows(shops, begun).stream().noneMatch(Ledger::isRefusedAttempt)) {
            if (System.nanoTime() > deadline) {
                throw new StackException("the refused attempt is not among the findings");
            }
            Pause.of(PAUSE);
        }
    }

    /** Prints what happened since {@code begun}. */
    void print(List<ShopId> shops, Instant begun) {
        out.printf(ROW, "time", "shop", "who", "what");
        rows(shops, begun).forEach(row -> out.printf(ROW, TIME.format(row.time()), row.shop(), row.who(), row.what()));
        out.flush();
    }

    private List<Row> rows(List<ShopId> shops, Instant begun) {
        return shops.stream()
                .flatMap(shop -> api.all(Service.AUDIT, "/api/v1/shops/" + shop + "/timeline?from=" + begun).stream()
                        .map(entry -> row(shop, entry)))
                .sorted(Comparator.comparing(Row::time))
                .toList();
    }

    private static boolean isRefusedAttempt(Row row) {
        return row.type().equals("shopsync.isolation.finding-raised.v1")
                && row.what().startsWith("ISO-030");
    }

    private static Row row(ShopId shop, JsonNode entry) {
        return new Row(
                Instant.parse(entry.get("time").asText()),
                shop,
                entry.path("actor").asText("–"),
                entry.get("type").asText(),
                entry.get("what").asText());
    }
}
