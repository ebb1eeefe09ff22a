package io.shopsync.orchestrator.proof.matrix;

/** What an attempt needs. */
public enum Right {
    /** To be a member of the database. */
    MEMBER,
    /** To be an admin of the database, which no shop's login is. */
    DATABASE_ADMIN,
    /** To be a server admin. */
    SERVER_ADMIN,
    /** Nothing gives it: the guard refuses it to everyone. */
    NOBODY;

    /** What should come of it, in a database that is open to its shop or closed. */
    Outcome expected(Who who, boolean open) {
        return this == MEMBER && who.belongs() && open ? Outcome.LET_IN : Outcome.REFUSED;
    }
}
