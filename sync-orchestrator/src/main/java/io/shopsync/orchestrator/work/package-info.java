/**
 * Work that databases are due for, as a queue in Postgres that outlives every worker: what is noted is done, however
 * often a process dies. It must not know what the work is.
 */
package io.shopsync.orchestrator.work;
