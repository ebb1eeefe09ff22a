package io.shopsync.orchestrator.proof.matrix;

/**
 * What CouchDB answered.
 *
 * @param status 0 where no answer came
 * @param everyRowRefused whether it is the answer to a bulk write of which every document was refused, each in its row
 */
record Answer(int status, boolean everyRowRefused) {}
