package io.shopsync.platform;

/** Ends a request with a problem. The detail is shown to the caller. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;

    public ProblemException(ProblemCode code, String detail) {
        super(detail);
        this.code = code;
    }

    /** The kind of problem. */
    public ProblemCode code() {
        return code;
    }

    Problem problem() {
        return Problem.of(code, getMessage());
    }
}
