/**
 * How the sync of each shop goes: what its devices and its replication show, the health that follows, told over HTTP, as
 * events and as metrics. It must not know how documents are copied.
 */
package io.shopsync.orchestrator.sync;
