/**
 * What is wished for each shop, fed by the {@code shops} topic, and the durable queue of shops that CouchDB does not
 * match yet. It must not know how CouchDB is made to match.
 */
package io.shopsync.orchestrator.desired;
