package io.shopsync.orchestrator.proof;

import io.shopsync.orchestrator.proof.Report.Tally;
import io.shopsync.orchestrator.proof.matrix.Cell;
import io.shopsync.orchestrator.proof.matrix.Outcome;
import io.shopsync.orchestrator.proof.matrix.Who;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** Counts attempts by kind and by who made them. */
final class Tallies {

    private Tallies() {}

    private record Key(String attempt, Who who, Outcome expected) {}

    static List<Tally> of(Collection<Cell> cells) {
        return sum(cells.stream()
                .map(cell ->
                        new Tally(cell.attempt().name(), cell.who(), cell.expected(), 1, cell.asExpected() ? 1 : 0)));
    }

    /** One a kind, in the order in which the kinds come first. */
    static List<Tally> sum(Stream<Tally> tallies) {
        var sums = new LinkedHashMap<Key, Tally>();
        tallies.forEach(tally -> sums.merge(
                new Key(tally.attempt(), tally.who(), tally.expected()),
                tally,
                (one, more) -> new Tally(
                        one.attempt(),
                        one.who(),
                        one.expected(),
                        one.tried() + more.tried(),
                        one.asExpected() + more.asExpected())));
        return List.copyOf(sums.values());
    }
}
