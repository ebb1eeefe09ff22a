package io.shopsync.orchestrator.edge;

/** An edge did not do what it was told; the others did. It may the next time. */
public final class EdgeUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EdgeUnavailable(String detail) {
        super(detail);
    }
}
