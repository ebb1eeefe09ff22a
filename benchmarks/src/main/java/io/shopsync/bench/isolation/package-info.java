/**
 * How soon violations of isolation are found among many shops, and what it costs to watch shops that do nothing. It must
 * not know how the orchestrator watches: it writes as a server admin could, and asks as an auditor does.
 */
package io.shopsync.bench.isolation;
