package io.shopsync.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The one table from exceptions to problems. What is not in it is a defect: it is logged and answered 500 with nothing
 * of its message, and so is every message of a part below us.
 */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    /** When a database that is not available is worth another try: a restart takes about as long. */
    private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(5);

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return e.response();
    }

    @ServerExceptionMapper
    Response tooLarge(BodyTooLargeException e) {
        return e.problem().response();
    }

    @ServerExceptionMapper(priority = 1)
    Response invalid(ConstraintViolationException e) {
        var violations = e.getConstraintViolations().stream()
                .map(violation -> new Problem.Violation(field(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Problem.Violation::field))
                .toList();
        var detail = violations.stream()
                .map(violation -> violation.field() + ": " + violation.message())
                .collect(Collectors.joining("; "));
        return Problem.of(ProblemCode.INVALID_REQUEST, detail, violations).response();
    }

    /** More specific than the mapper that Quarkus brings for its own JSON reader. */
    @ServerExceptionMapper(value = MismatchedInputException.class, priority = 1)
    Response mismatched(MismatchedInputException e) {
        return json(e);
    }

    @ServerExceptionMapper(priority = 1)
    Response json(JsonProcessingException e) {
        return Problem.of(ProblemCode.MALFORMED_JSON, describe(e)).response();
    }

    @ServerExceptionMapper(priority = 1)
    Response unauthenticated(UnauthorizedException e) {
        return unauthenticated();
    }

    @ServerExceptionMapper(priority = 1)
    Response unauthenticated(AuthenticationFailedException e) {
        return unauthenticated();
    }

    @ServerExceptionMapper(priority = 1)
    Response forbidden(ForbiddenException e) {
        return Problem.of(ProblemCode.FORBIDDEN, "The token's roles do not allow this.")
                .response();
    }

    @ServerExceptionMapper(priority = 1)
    Response http(WebApplicationException e) {
        // A body that cannot be read arrives wrapped: the reason is the caller's to know, it is their own input.
        if (e.getCause() instanceof JsonProcessingException json) {
            return json(json);
        }
        var code = switch (e.getResponse().getStatus()) {
            case 400 -> ProblemCode.INVALID_REQUEST;
            case 401 -> ProblemCode.UNAUTHENTICATED;
            case 403 -> ProblemCode.FORBIDDEN;
            case 404 -> ProblemCode.NOT_FOUND;
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 406 -> ProblemCode.NOT_ACCEPTABLE;
            case 413 -> ProblemCode.BODY_TOO_LARGE;
            case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> ProblemCode.UNAVAILABLE;
            default -> ProblemCode.INTERNAL_ERROR;
        };
        if (code == ProblemCode.INTERNAL_ERROR) {
            return unexpected(e);
        }
        return Problem.of(code, code.title() + ".").response();
    }

    @ServerExceptionMapper
    Response unexpected(Exception e) {
        if (causedByDatabase(e)) {
            LOG.warn("the database is not available", e);
            return Problem.of(ProblemCode.UNAVAILABLE, "The database is not available now; try again later.")
                    .response(DATABASE_PATIENCE);
        }
        LOG.error("a request failed", e);
        return Problem.of(ProblemCode.INTERNAL_ERROR, "The log has more, under the time of this request.")
                .response();
    }

    private static Response unauthenticated() {
        var problem = Problem.of(
                ProblemCode.UNAUTHENTICATED, "Send 'Authorization: Bearer <token>' with a token that has not expired.");
        return Response.fromResponse(problem.response())
                .header("WWW-Authenticate", "Bearer")
                .build();
    }

    /** Connection lost (SQL state class 08), server going down (57P) or too many connections (53), or no connection. */
    private static boolean causedByDatabase(Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                var state = sql.getSQLState();
                return state == null || state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
            }
        }
        return false;
    }

    private static String field(ConstraintViolation<?> violation) {
        var names = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .map(Path.Node::toString)
                .filter(name -> !name.isEmpty())
                .toList();
        // The path begins with the resource method and the parameter, which mean nothing to a caller.
        var from = names.size() > 2 ? 2 : Math.min(1, names.size() - 1);
        return String.join(".", names.subList(from, names.size()));
    }

    private static String describe(JsonProcessingException e) {
        var where = e instanceof JsonMappingException mapping ? path(mapping) : "";
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                where + "is not a known field; known are " + unknown.getKnownPropertyIds();
            case InvalidFormatException format ->
                where + "cannot be " + quoted(format.getValue()) + "; a "
                        + format.getTargetType().getSimpleName() + " is expected";
            case ValueInstantiationException value
            when value.getCause() instanceof IllegalArgumentException cause -> where + cause.getMessage();
            case MismatchedInputException mismatch ->
                where
                        + (mismatch.getTargetType() == null
                                ? "is not what is expected"
                                : "is not a " + mismatch.getTargetType().getSimpleName());
            default ->
                "The body is not valid JSON"
                        + (e.getLocation() == null
                                ? "."
                                : ", at line " + e.getLocation().getLineNr() + ", column "
                                        + e.getLocation().getColumnNr() + ".");
        };
    }

    private static String path(JsonMappingException e) {
        var path = e.getPath().stream()
                .map(part -> part.getFieldName() != null ? part.getFieldName() : "[" + part.getIndex() + "]")
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "The body " : path + " ";
    }

    private static String quoted(Object value) {
        var text = String.valueOf(value);
        return '"' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + '"';
    }
}
