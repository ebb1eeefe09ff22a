package io.shopsync.couchdb.document;

/** What became of one document of a {@code _bulk_docs}. */
public sealed interface WriteOutcome {

    /** The document's id; empty where the server refused a document that named none. */
    String id();

    /** It is stored. */
    record Stored(String id, String rev) implements WriteOutcome {}

    /**
     * It is not stored.
     *
     * @param rev the revision that was sent, where the server names it (it does for replicated writes); else empty
     * @param error CouchDB's word, such as {@code forbidden}
     * @param reason for people; from a guard it is the guard's own text
     */
    record Refused(String id, String rev, Cause cause, String error, String reason) implements WriteOutcome {

        /** Whether the same write may succeed later with nothing changed by us. */
        public boolean transientFailure() {
            return cause == Cause.SERVER;
        }
    }

    /** Why a document was not stored. */
    enum Cause {
        /** The revision sent is not the current one. */
        CONFLICT,
        /** A {@code validate_doc_update} threw {@code forbidden}. */
        FORBIDDEN,
        /** A {@code validate_doc_update} threw {@code unauthorized}. */
        UNAUTHORIZED,
        /** Larger than {@code max_document_size}. */
        TOO_LARGE,
        /** The document itself is wrong: a bad id, an unknown {@code _field}, an attachment stub without its data. */
        INVALID,
        /** The server failed. */
        SERVER;

        /** The cause that CouchDB's {@code error} stands for; an unknown word counts as the server's failure. */
        public static Cause of(String error) {
            return switch (error) {
                case "conflict" -> CONFLICT;
                case "forbidden" -> FORBIDDEN;
                case "unauthorized" -> UNAUTHORIZED;
                case "too_large", "document_too_large", "attachment_too_large" -> TOO_LARGE;
                case "bad_request", "doc_validation", "illegal_docid", "missing_stub", "invalid_attachment" -> INVALID;
                default -> SERVER;
            };
        }
    }
}
