package io.shopsync.platform;

import java.io.IOException;
import java.io.Serial;

/** A body that is longer than one may be. Of the kind that readers of a stream pass on as it is. */
final class BodyTooLargeException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param limit in bytes */
    BodyTooLargeException(long limit) {
        super("A body may have " + limit + " bytes and no more.");
    }

    Problem problem() {
        return Problem.of(ProblemCode.BODY_TOO_LARGE, getMessage());
    }
}
