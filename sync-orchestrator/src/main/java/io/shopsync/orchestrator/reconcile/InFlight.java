package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.desired.Claim;
import io.shopsync.orchestrator.desired.Lane;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The shops that this process works on, no more than it may. */
final class InFlight {

    private final int most;
    private final int mostRoutine;
    private final Map<ShopId, Entry> entries = new HashMap<>();

    private record Entry(Claim claim, Lane lane) {}

    InFlight(int most, int mostRoutine) {
        this.most = most;
        this.mostRoutine = mostRoutine;
    }

    /** How many more shops of this lane there is room for. */
    synchronized int room(Lane lane) {
        var room = most - entries.size();
        return switch (lane) {
            case URGENT -> room;
            case ROUTINE -> Math.min(room, mostRoutine - routine());
        };
    }

    /**
     * Takes a claim in; false where the shop is worked on here already, under a claim that was lost (the process stood
     * still for longer than a lease): its worker must end first.
     */
    synchronized boolean begin(Claim claim, Lane lane) {
        return entries.putIfAbsent(claim.shop(), new Entry(claim, lane)) == null;
    }

    synchronized void end(Claim claim) {
        entries.remove(claim.shop());
        notifyAll();
    }

    synchronized List<Claim> claims() {
        return entries.values().stream().map(Entry::claim).toList();
    }

    synchronized int size() {
        return entries.size();
    }

    /** Waits until nothing is in flight; false where that takes longer than {@code limit}. */
    synchronized boolean awaitEmpty(Duration limit) throws InterruptedException {
        var until = System.nanoTime() + limit.toNanos();
        while (!entries.isEmpty()) {
            var left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Whether a wish waits for one of them: a repair that was asked for is none. */
    synchronized boolean hasWishes() {
        return entries.values().stream().anyMatch(entry -> entry.claim().wishWaits());
    }

    private int routine() {
        return (int) entries.values().stream()
                .filter(entry -> entry.lane() == Lane.ROUTINE)
                .count();
    }
}
