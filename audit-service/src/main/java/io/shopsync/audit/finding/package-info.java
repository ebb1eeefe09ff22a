/**
 * Violations of isolation: one record each, by shop, kind, severity and time, and the catalogue that explains them. It
 * must not know how a violation is detected or mended.
 */
package io.shopsync.audit.finding;
