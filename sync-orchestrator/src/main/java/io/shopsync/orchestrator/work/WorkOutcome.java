package io.shopsync.orchestrator.work;

import java.time.Duration;

/** How work on a database ended. */
public sealed interface WorkOutcome {

    /** All is done, unless the database was marked anew meanwhile. */
    record Done() implements WorkOutcome {}

    /** All is done for now; it is due again after this time, or when it is marked. */
    record Again(Duration in) implements WorkOutcome {}

    /** There is more, but others come first. */
    record More() implements WorkOutcome {}

    /** Nothing is left to do now; without a mark until then, it is due again after this. */
    record Later(Duration in) implements WorkOutcome {}

    /** It failed for a passing reason. */
    record Retry(Duration in, String reason) implements WorkOutcome {}

    /** There is no such database any more. */
    record Gone() implements WorkOutcome {}
}
