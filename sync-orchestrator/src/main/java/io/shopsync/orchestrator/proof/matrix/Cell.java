package io.shopsync.orchestrator.proof.matrix;

/**
 * One attempt by one of those who may make it.
 *
 * @param status CouchDB's; 0 where no answer came
 */
public record Cell(Target target, Attempt attempt, Who who, Outcome expected, Outcome outcome, int status) {

    /** Whether it came out as it should. */
    public boolean asExpected() {
        return expected == outcome;
    }

    /** Whether someone got in who should not have. */
    public boolean isBreach() {
        return expected == Outcome.REFUSED && outcome == Outcome.LET_IN;
    }

    @Override
    public String toString() {
        return "%s as %s on %s: %s expected, %s with status %d"
                .formatted(attempt.name(), who, target.database(), expected, outcome, status);
    }
}
