package io.shopsync.stack.till;

/** A till could not do as it was told. */
public final class TillException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    TillException(int status, String reason) {
        super(status + " " + reason);
        this.status = status;
    }

    /** HTTP's status, or 0 where there was no answer. */
    public int status() {
        return status;
    }
}
