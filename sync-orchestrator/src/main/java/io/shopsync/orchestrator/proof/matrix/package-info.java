/**
 * Every way to a shop's data that CouchDB has, and who may go it: the attempts, those who make them, and what came of each.
 * It must not know why it is asked, nor keep anything.
 */
package io.shopsync.orchestrator.proof.matrix;
