/**
 * What people ask of replication: to run now, to pause, to go on, to begin from the start, to be verified. Each request
 * is kept with who asked and what became of it. It must not know how pairs become due by themselves.
 */
package io.shopsync.orchestrator.replication.command;
