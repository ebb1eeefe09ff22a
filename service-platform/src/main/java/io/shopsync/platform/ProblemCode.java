package io.shopsync.platform;

import jakarta.ws.rs.core.Response.Status;
import java.util.Locale;

/**
 * The stable codes of the problems that services answer with, each with its HTTP status and title. Codes are never
 * renamed: scripts act on them.
 */
public enum ProblemCode {
    INVALID_REQUEST(Status.BAD_REQUEST, "The request is not valid"),
    MALFORMED_JSON(Status.BAD_REQUEST, "The body is not the JSON that is expected"),
    INVALID_CURSOR(Status.BAD_REQUEST, "The cursor is not one of ours"),
    UNAUTHENTICATED(Status.UNAUTHORIZED, "A valid bearer token is needed"),
    FORBIDDEN(Status.FORBIDDEN, "The token does not allow this"),
    SHOP_NOT_YOURS(Status.FORBIDDEN, "The token does not name this shop"),
    NOT_FOUND(Status.NOT_FOUND, "There is nothing here"),
    SHOP_NOT_FOUND(Status.NOT_FOUND, "There is no such shop"),
    METHOD_NOT_ALLOWED(Status.METHOD_NOT_ALLOWED, "This resource does not take this method"),
    NOT_ACCEPTABLE(Status.NOT_ACCEPTABLE, "None of the accepted media types can be given"),
    CONFLICT(Status.CONFLICT, "The request does not fit the present state"),
    SHOP_ID_TAKEN(Status.CONFLICT, "The shop id is taken"),
    SHOP_DELETED(Status.CONFLICT, "The shop was deleted"),
    IDEMPOTENCY_KEY_REUSED(Status.CONFLICT, "The idempotency key was used for another request"),
    BODY_TOO_LARGE(Status.REQUEST_ENTITY_TOO_LARGE, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(Status.UNSUPPORTED_MEDIA_TYPE, "The body's media type is not taken"),
    TOO_MANY_REQUESTS(Status.TOO_MANY_REQUESTS, "Too many requests"),
    INTERNAL_ERROR(Status.INTERNAL_SERVER_ERROR, "Something failed on our side"),
    UNAVAILABLE(Status.SERVICE_UNAVAILABLE, "A part that is needed is not available");

    private final Status status;
    private final String title;

    ProblemCode(Status status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status it is answered with. */
    public Status status() {
        return status;
    }

    /** What it means, the same for every occurrence. */
    public String title() {
        return title;
    }

    /** The code as it stands in a problem document: {@code shop-id-taken}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
