package io.shopsync.provisioning.command;

/** What has become of a command. */
enum CommandOutcome {
    /** Accepted; CouchDB does not match it yet. */
    PENDING,
    /** CouchDB matches it, or was made to match a later command. */
    DONE,
    /** CouchDB could not be made to match; the shop says why. */
    FAILED
}
