/**
 * The ledger: every fact once, append-only, in partitions of a month, and how it is asked. It must not know what an
 * event means; packages that do are {@code timeline}, {@code finding} and {@code report}.
 */
package io.shopsync.audit.ledger;
