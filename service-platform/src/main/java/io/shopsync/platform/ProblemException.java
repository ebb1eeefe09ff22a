package io.shopsync.platform;

import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** Ends a request with a problem. The detail is shown to the caller. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final Duration retryAfter;

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, null);
    }

    private ProblemException(ProblemCode code, String detail, Duration retryAfter) {
        super(detail);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** A problem that is over after a while: the answer says so in {@code Retry-After}. */
    public static ProblemException passing(ProblemCode code, String detail, Duration retryAfter) {
        return new ProblemException(code, detail, retryAfter);
    }

    /** The kind of problem. */
    public ProblemCode code() {
        return code;
    }

    Response response() {
        var problem = Problem.of(code, getMessage());
        return retryAfter == null ? problem.response() : problem.response(retryAfter);
    }
}
