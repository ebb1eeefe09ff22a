package io.shopsync.orchestrator.proof.matrix;

import java.util.Optional;

/**
 * A request that someone may try.
 *
 * @param path with placeholders: <code>{db}</code>, <code>{doc}</code> (a document id of the check's own),
 *     <code>{guard}</code> (the guard's revision)
 * @param body with placeholders, also <code>{mark}</code>: the {@code shopId} that an intruder would choose
 * @param effect what it leaves behind where it succeeds
 * @param refusal the status by which CouchDB refuses it besides 401 and 403; it answers 500 to a member who may not
 *     change {@code _security} (measured)
 */
public record Attempt(
        String method, String path, Optional<String> body, Right right, Effect effect, Optional<Integer> refusal) {

    /** What an attempt leaves behind where it succeeds. */
    public enum Effect {
        /** Nothing. */
        NONE,
        /** The document <code>{doc}</code>, which can be taken away again. */
        DOCUMENT,
        /** Something that cannot be undone: it is tried on a database of the check's own alone. */
        LASTING
    }

    static Attempt reading(String method, String path) {
        return new Attempt(method, path, Optional.empty(), Right.MEMBER, Effect.NONE, Optional.empty());
    }

    static Attempt reading(String method, String path, String body) {
        return reading(method, path).with(body);
    }

    static Attempt trying(String method, String path, Right right, Effect effect) {
        return new Attempt(method, path, Optional.empty(), right, effect, Optional.empty());
    }

    Attempt with(String json) {
        return new Attempt(method, path, Optional.of(json), right, effect, refusal);
    }

    Attempt alsoRefusedBy(int status) {
        return new Attempt(method, path, body, right, effect, Optional.of(status));
    }

    /** For people: {@code PUT /{db}/{doc}}. */
    public String name() {
        return method + ' ' + path;
    }

    /** What an answer to it means. */
    Outcome outcome(Answer answer) {
        if (answer.status() == 401 || answer.status() == 403 || answer.everyRowRefused()) {
            return Outcome.REFUSED;
        }
        if (refusal.filter(status -> status == answer.status()).isPresent()) {
            return Outcome.REFUSED;
        }
        // "There is none" and "not so" are answers too: CouchDB has looked.
        return (answer.status() >= 200 && answer.status() < 500) || answer.status() == 501
                ? Outcome.LET_IN
                : Outcome.UNCLEAR;
    }
}
