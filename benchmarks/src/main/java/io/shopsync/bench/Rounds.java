package io.shopsync.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Rounds of two ways to do the same, one after the other: what a shared machine does meanwhile, or a server that fills
 * up, then weighs on both alike.
 *
 * @param best what is possible, round by round
 * @param ours what we reach in the round after
 */
public record Rounds(List<Rate> best, List<Rate> ours) {

    public Rounds {
        if (best.isEmpty() || best.size() != ours.size()) {
            throw new IllegalArgumentException("each round has two sides, and there is at least one");
        }
        best = List.copyOf(best);
        ours = List.copyOf(ours);
    }

    /** Runs both by turns. */
    public static Rounds alternate(int rounds, Supplier<Rate> best, Supplier<Rate> ours) {
        var possible = new ArrayList<Rate>();
        var reached = new ArrayList<Rate>();
        for (int round = 0; round < rounds; round++) {
            possible.add(best.get());
            reached.add(ours.get());
        }
        return new Rounds(possible, reached);
    }

    /** The middle one of {@link #best}, a second. */
    public double bestPerSecond() {
        return median(best.stream().map(Rate::perSecond).toList());
    }

    /** The middle one of {@link #ours}, a second. */
    public double oursPerSecond() {
        return median(ours.stream().map(Rate::perSecond).toList());
    }

    /** Ours as a part of what is possible: the middle one of the rounds' ratios. */
    public double ratio() {
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < best.size(); round++) {
            ratios.add(ours.get(round).perSecond() / best.get(round).perSecond());
        }
        return median(ratios);
    }

    /** The middle one, or the mean of the middle two. */
    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
