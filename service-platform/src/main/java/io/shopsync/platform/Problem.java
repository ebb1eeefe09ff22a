package io.shopsync.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;

/**
 * A problem document (RFC 9457, {@code application/problem+json}).
 *
 * @param type a URI that names the kind of problem, derived from {@code code}
 * @param title what the kind means
 * @param status the HTTP status
 * @param code the stable code to act on
 * @param detail what is wrong in this case, and what to do where that is known
 * @param violations the parts of the request that are not valid
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String code, String detail, List<Violation> violations) {

    /** The media type of problem documents. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** One part of a request that is not valid: where, and why. */
    public record Violation(String field, String message) {}

    public Problem {
        violations = List.copyOf(violations);
    }

    static Problem of(ProblemCode code, String detail) {
        return of(code, detail, List.of());
    }

    static Problem of(ProblemCode code, String detail, List<Violation> violations) {
        return new Problem(
                "urn:shopsync:problem:" + code.code(),
                code.title(),
                code.status().getStatusCode(),
                code.code(),
                detail,
                violations);
    }

    /** @param retryAfter when it is worth to ask again; rounded up to whole seconds */
    Response response(Duration retryAfter) {
        return Response.fromResponse(response())
                .header(HttpHeaders.RETRY_AFTER, retryAfter.plusMillis(999).toSeconds())
                .build();
    }

    Response response() {
        return Response.status(status)
                .type(MediaType.valueOf(MEDIA_TYPE))
                .entity(this)
                .build();
    }
}
