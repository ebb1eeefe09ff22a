/**
 * The standby: a CouchDB on which every shop is kept as it is on the first, with its databases, guards,
 * {@code _security} and logins, so that tills can fail over to it. It must not know how a run copies documents.
 */
package io.shopsync.orchestrator.replication.standby;
