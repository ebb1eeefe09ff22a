package io.shopsync.orchestrator.replication.protocol;

/** The listener threw. */
final class ListenerFailure extends RuntimeException {

    private final RuntimeException reason;

    ListenerFailure(RuntimeException reason) {
        super(reason);
        this.reason = reason;
    }

    RuntimeException reason() {
        return reason;
    }
}
