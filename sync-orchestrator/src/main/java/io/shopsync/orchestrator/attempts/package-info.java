/**
 * Finds out from CouchDB's and the edge's logs of requests who asked for another shop's database and was refused, and
 * reports it: one finding a burst. It must not know how a request is refused, nor act on anyone.
 */
package io.shopsync.orchestrator.attempts;
