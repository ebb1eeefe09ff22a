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
    REPLICATION_DRIFT(
            "ISO-004",
            Severity.CRITICAL,
            "A job of CouchDB's replicator, by which a database is replicated, was missing or changed.",
            "It was written anew. Find out who holds server admin rights and changed it; where its target was another, the "
                    + "shop's documents may have been copied there."),
    LIMIT_DRIFT(
            "ISO-005",
            Severity.MEDIUM,
            "A database kept another number of revisions (_revs_limit) than it should.",
            "It was put back. Find out who holds server admin rights and changed it; where it was lower, tills that were "
                    + "offline may have made conflicts of edits that are none."),
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
            "Find out who made it. It is left alone: delete it by hand if it is not needed."),
    CROSS_SHOP_ATTEMPT(
            "ISO-030",
            Severity.MEDIUM,
            "A login asked for a database of a shop that is not its own, and was refused.",
            "Nothing was read or written. Find out who used the login from that address; where it is not the shop's own "
                    + "curiosity, rotate its credentials. Many requests a minute make it more severe. "
                    + "See docs/runbooks/refused-attempts.md."),
    LOGIN_LOCKED_OUT(
            "ISO-031",
            Severity.MEDIUM,
            "CouchDB locked a login out for one address after repeated wrong passwords.",
            "A till that still has the old password, or somebody guesses. From that address the right password is refused "
                    + "too, for some minutes. See docs/runbooks/refused-attempts.md."),
    UNPROVEN_ATTEMPT(
            "ISO-032",
            Severity.LOW,
            "Requests for a shop's database were refused again and again, without a login or with one that was not proven.",
            "Nothing was read or written. A suspended shop's till, or one with an old password, does this; so does somebody "
                    + "who tries doors. See docs/runbooks/refused-attempts.md.");

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
