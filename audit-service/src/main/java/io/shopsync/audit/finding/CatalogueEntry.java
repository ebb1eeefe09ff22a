package io.shopsync.audit.finding;

import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.Severity;

/**
 * A kind of finding.
 *
 * @param id permanent
 * @param name as the code has it
 * @param severity unless an occurrence is worse
 * @param meaning what it means
 * @param advice what to do
 */
public record CatalogueEntry(String id, String name, Severity severity, String meaning, String advice) {

    static CatalogueEntry of(FindingKind kind) {
        return new CatalogueEntry(kind.id(), kind.name(), kind.severity(), kind.meaning(), kind.advice());
    }
}
