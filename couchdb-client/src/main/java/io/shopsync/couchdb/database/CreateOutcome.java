package io.shopsync.couchdb.database;

/** What became of a wish to have a database. */
public enum CreateOutcome {
    /** It was made now. */
    CREATED,
    /** It was there before, with whatever it holds. */
    EXISTED
}
