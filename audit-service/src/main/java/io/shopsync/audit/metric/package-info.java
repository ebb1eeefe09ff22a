/**
 * Samples of how sync fares: kept for a while, in partitions of a day, for lists and for Grafana's views. It must not
 * know the ledger: measurements are no facts, and are forgotten.
 */
package io.shopsync.audit.metric;
