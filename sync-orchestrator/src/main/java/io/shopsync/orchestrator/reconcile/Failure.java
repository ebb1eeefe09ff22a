package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.sync.ReasonCode;
import io.shopsync.couchdb.CouchException;
import io.shopsync.orchestrator.couchdb.CouchReason;
import io.shopsync.orchestrator.couchdb.CouchUnavailable;
import io.shopsync.orchestrator.edge.EdgeUnavailable;
import java.util.Comparator;
import java.util.List;

/**
 * Why a shop could not be made to match its wish.
 *
 * @param reason the code, and whether it passes
 * @param detail for people, short enough to store
 */
record Failure(CouchReason reason, String detail) {

    private static final int LONGEST_DETAIL = 300;

    static Failure of(RuntimeException thrown) {
        var message = String.valueOf(thrown.getMessage()).replaceAll("\\p{Cntrl}", " ");
        var detail = message.length() <= LONGEST_DETAIL ? message : message.substring(0, LONGEST_DETAIL) + '…';
        return switch (thrown) {
            case CouchException e -> new Failure(CouchReason.of(e), detail);
            case CouchUnavailable e -> new Failure(new CouchReason(e.reason(), true), detail);
            case LoginRefused e -> new Failure(e.reason(), detail);
            case EdgeUnavailable _ -> new Failure(new CouchReason(ReasonCode.EDGE_UNREACHABLE, true), detail);
            case DatabaseExists _ -> new Failure(new CouchReason(ReasonCode.COUCHDB_CHANGED_MEANWHILE, true), detail);
            // A defect of ours says nothing to the shop's owner; the log has it.
            default -> new Failure(new CouchReason(ReasonCode.INTERNAL_ERROR, true), "a defect; the log has more");
        };
    }

    /** Whether someone changed CouchDB between our look and our step, so that another look may settle it at once. */
    boolean changedMeanwhile() {
        return reason.code() == ReasonCode.COUCHDB_CHANGED_MEANWHILE;
    }

    /** Whether it is a defect of ours, which someone should look at. */
    boolean isDefect() {
        return reason.code() == ReasonCode.INTERNAL_ERROR;
    }

    /**
     * Of several failures the one to act on: one that passes, because its step deserves another try; among those, one
     * that asks for more than another look.
     */
    static RuntimeException toActOn(List<RuntimeException> failures) {
        var chosen = failures.stream()
                .min(Comparator.comparing(
                                (RuntimeException e) -> !of(e).reason().passes())
                        .thenComparing(e -> of(e).changedMeanwhile()))
                .orElseThrow();
        failures.stream().filter(other -> !other.equals(chosen)).distinct().forEach(chosen::addSuppressed);
        return chosen;
    }
}
