package io.shopsync.orchestrator.desired;

/** A fact that cannot follow what is known of its shop. It goes to the dead letters with this message as the reason. */
final class UnfittingFact extends Exception {

    private static final long serialVersionUID = 1L;

    UnfittingFact(String reason) {
        super(reason);
    }
}
