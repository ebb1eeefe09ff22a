package io.shopsync.couchdb;

import java.util.Optional;

/**
 * What CouchDB, or the way to it, answered instead of the result. The message names method, path and CouchDB's error and
 * reason; never a credential, never a document.
 *
 * <p>One class for each kind that a caller handles differently; which status gives which is
 * {@link #of(String, String, int, String, String)}.
 */
public abstract sealed class CouchException extends RuntimeException {

    private final int status;
    private final String error;
    private final String reason;

    private CouchException(String where, int status, String error, String reason, Throwable cause) {
        super(message(where, status, error, reason), cause);
        this.status = status;
        this.error = error;
        this.reason = reason;
    }

    /** The HTTP status, or 0 where no answer came. */
    public int status() {
        return status;
    }

    /** CouchDB's {@code error}, such as {@code file_exists}; empty where it gave none. */
    public String error() {
        return error;
    }

    /** CouchDB's {@code reason}, for people; empty where it gave none. */
    public String reason() {
        return reason;
    }

    /** Whether the same request may succeed later with nothing changed by us. */
    public abstract boolean transientFailure();

    /** The failure that an answer of {@code status} stands for. */
    static CouchException of(String method, String path, int status, String error, String reason) {
        var where = method + ' ' + path;
        return switch (status) {
            case 401 -> new Unauthorized(where, error, reason);
            case 403 -> new Forbidden(where, error, reason);
            case 404 -> new NotFound(where, error, reason);
            case 409 -> new Conflict(where, error, reason);
            case 412 ->
                "file_exists".equals(error)
                        ? new AlreadyExists(where, error, reason)
                        : new BadRequest(where, status, error, reason);
            case 413 -> new TooLarge(where, error, reason);
            case 429, 503 -> new Overloaded(where, status, error, reason);
            default ->
                status >= 500
                        ? new ServerError(where, status, error, reason)
                        : new BadRequest(where, status, error, reason);
        };
    }

    private static String message(String where, int status, String error, String reason) {
        var text = new StringBuilder(where);
        if (status > 0) {
            text.append(": ").append(status);
        }
        Optional.of(error)
                .filter(e -> !e.isEmpty())
                .ifPresent(e -> text.append(' ').append(e));
        Optional.of(reason)
                .filter(r -> !r.isEmpty())
                .ifPresent(r -> text.append(": ").append(r));
        return text.toString();
    }

    /** No connection could be made, or it was cut before the answer was whole: the request may have taken effect. */
    public static final class Unreachable extends CouchException {
        Unreachable(String where, Throwable cause) {
            super(where, 0, "unreachable", String.valueOf(cause.getMessage()), cause);
        }

        @Override
        public boolean transientFailure() {
            return true;
        }
    }

    /** No answer within the time given: the request may have taken effect. */
    public static final class TimedOut extends CouchException {
        TimedOut(String where, String what) {
            super(where, 0, "timeout", what, null);
        }

        @Override
        public boolean transientFailure() {
            return true;
        }
    }

    /** The calling thread was interrupted while it waited; its interrupt flag is set again. */
    public static final class Interrupted extends CouchException {
        Interrupted(String where) {
            super(where, 0, "interrupted", "", null);
        }

        @Override
        public boolean transientFailure() {
            return false;
        }
    }

    /** The status said success and the body is not what belongs to it: a crash in mid-answer, or not a CouchDB. */
    public static final class BrokenAnswer extends CouchException {
        BrokenAnswer(String where, int status, String what) {
            super(where, status, "broken_answer", what, null);
        }

        @Override
        public boolean transientFailure() {
            return true;
        }
    }

    /** 429 or 503: alive, and asks to be left alone for a while. */
    public static final class Overloaded extends CouchException {
        Overloaded(String where, int status, String error, String reason) {
            super(where, status, error, reason, null);
        }

        @Override
        public boolean transientFailure() {
            return true;
        }
    }

    /** Any other 5xx. */
    public static final class ServerError extends CouchException {
        ServerError(String where, int status, String error, String reason) {
            super(where, status, error, reason, null);
        }

        /** Not where a {@code validate_doc_update} does not compile: that stays so until someone mends it. */
        @Override
        public boolean transientFailure() {
            return !"compilation_error".equals(error());
        }
    }

    /** 400 and every 4xx without a class of its own: the request itself is wrong. */
    public static final class BadRequest extends CouchException {
        BadRequest(String where, int status, String error, String reason) {
            super(where, status, error, reason, null);
        }

        @Override
        public boolean transientFailure() {
            return false;
        }
    }

    /**
     * 401. CouchDB gives it for a wrong password and also to a login that is known but no server admin where one is
     * asked for; {@link #credentialsRefused()} tells them apart.
     */
    public static final class Unauthorized extends CouchException {
        Unauthorized(String where, String error, String reason) {
            super(where, 401, error, reason, null);
        }

        /** Whether name or password are wrong, as against a right that the login lacks. */
        public boolean credentialsRefused() {
            return reason().startsWith("Name or password is incorrect");
        }

        @Override
        public boolean transientFailure() {
            return false;
        }
    }

    /** 403: no member of the database, a guard's refusal, or a login that is locked out. */
    public static final class Forbidden extends CouchException {
        Forbidden(String where, String error, String reason) {
            super(where, 403, error, reason, null);
        }

        /** Whether the login is locked after five failures (CouchDB's {@code chttpd_auth_lockout}, 5 minutes). */
        public boolean accountLocked() {
            return reason().startsWith("Account is temporarily locked");
        }

        @Override
        public boolean transientFailure() {
            return accountLocked();
        }
    }

    /** 404: no such database, document, revision or attachment. */
    public static final class NotFound extends CouchException {
        NotFound(String where, String error, String reason) {
            super(where, 404, error, reason, null);
        }

        /** Whether the database itself is missing. */
        public boolean databaseMissing() {
            return reason().startsWith("Database does not exist") || "no_db_file".equals(reason());
        }

        @Override
        public boolean transientFailure() {
            return false;
        }
    }

    /** 409: the revision given is not the current one. */
    public static final class Conflict extends CouchException {
        Conflict(String where, String error, String reason) {
            super(where, 409, error, reason, null);
        }

        @Override
        public boolean transientFailure() {
            return false;
        }
    }

    /** 412 {@code file_exists}: the database is there already. */
    public static final class AlreadyExists extends CouchException {
        AlreadyExists(String where, String error, String reason) {
            super(where, 412, error, reason, null);
        }

        @Override
        public boolean transientFailure() {
            return false;
        }
    }

    /** 413: a document, an attachment or the request is larger than the server takes. */
    public static final class TooLarge extends CouchException {
        TooLarge(String where, String error, String reason) {
            super(where, 413, error, reason, null);
        }

        @Override
        public boolean transientFailure() {
            return false;
        }
    }
}
