/**
 * What the sync-orchestrator did and saw, published by it alone. These facts must not know who listens.
 */
package io.shopsync.contracts.sync;
