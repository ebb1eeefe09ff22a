/**
 * How fast a database is scanned for what does not belong there, against reading the same request raw. It must not know
 * how the orchestrator scans: it asks for a scan as an operator does.
 */
package io.shopsync.bench.scan;
