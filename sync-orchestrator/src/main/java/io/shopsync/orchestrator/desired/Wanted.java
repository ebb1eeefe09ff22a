package io.shopsync.orchestrator.desired;

import java.time.Instant;

/** The state of life that is wished for a shop. */
public sealed interface Wanted {

    /** Its logins sync its databases. */
    record Active() implements Wanted {}

    /** Its logins are refused; its databases stay, closed. */
    record Suspended() implements Wanted {}

    /** Its logins are gone at once; its databases, closed, once they may be purged. */
    record Deleted(Instant purgeAfter) implements Wanted {
        /** Whether the databases may be dropped at this time. */
        public boolean purgeDue(Instant now) {
            return !now.isBefore(purgeAfter);
        }
    }
}
