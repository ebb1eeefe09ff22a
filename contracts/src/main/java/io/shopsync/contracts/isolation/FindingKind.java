package io.shopsync.contracts.isolation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** The catalogue of findings. Ids are permanent: an entry may be retired, its id is never used again. */
public enum FindingKind {
    SECURITY_DRIFT(
            "ISO-001",
            Severity.CRITICAL,
            "A database's _security differed from what it should be.",
            "It was put back. Find out who holds server admin rights and changed it."),
    GUARD_DRIFT(
            "ISO-002",
            Severity.CRITICAL,
            "A database's guard design document was missing or changed.",
            "It was put back. Documents written meanwhile are scanned; look for ISO-010 and ISO-011 near this time."),
    USER_DRIFT(
            "ISO-003",
            Severity.HIGH,
            "A login of the shop was missing or had other roles than it should.",
            "It was put back. Find out who changed the _users document."),
    FOREIGN_DOCUMENT(
            "ISO-010",
            Severity.CRITICAL,
            "A document that carries another shop's id was stored in a shop's database.",
            "Look at its copy in the quarantine and release it to the shop it belongs to. It got past the guard: look for "
                    + "ISO-002 and for who used server admin rights near this time."),
    UNMARKED_DOCUMENT(
            "ISO-011",
            Severity.HIGH,
            "A document without a shopId was stored in a shop's database.",
            "Release it back from the quarantine, which gives it the shop's id, or discard it."),
    FOREIGN_DESIGN_DOCUMENT(
            "ISO-012",
            Severity.HIGH,
            "A design document that is not ours was stored in a shop's database; its code would run on the shop's data.",
            "Only server admins can write one. Look at its copy in the quarantine and find out who did."),
    FOREIGN_LOCAL_DOCUMENT(
            "ISO-013",
            Severity.MEDIUM,
            "A _local document that carries another shop's id was stored in a shop's database.",
            "CouchDB never validates _local documents, so a till can use them to keep data unseen. It was removed; ask the "
                    + "shop what wrote it."),
    UNOWNED_DATABASE(
            "ISO-020",
            Severity.MEDIUM,
            "A database exists that no shop owns.",
            "Find out who made it. It is left alone: delete it by hand if it is not needed.");

    private final String id;
    private final Severity severity;
    private final String meaning;
    private final String advice;

    FindingKind(String id, Severity severity, String meaning, String advice) {
        this.id = id;
        this.severity = severity;
        this.meaning = meaning;
        this.advice = advice;
    }

    /** The permanent id. */
    @JsonValue
    public String id() {
        return id;
    }

    /** The severity unless an occurrence is worse. */
    public Severity severity() {
        return severity;
    }

    /** What it means. */
    public String meaning() {
        return meaning;
    }

    /** What to do. */
    public String advice() {
        return advice;
    }

    /** @throws IllegalArgumentException where no entry has that id */
    @JsonCreator
    public static FindingKind byId(String id) {
        return Arrays.stream(values())
                .filter(kind -> kind.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no finding has the id " + id));
    }
}
