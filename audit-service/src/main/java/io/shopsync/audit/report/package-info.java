/**
 * Summaries of a period: how much happened, which violations there were, how fast shops became ready. It must not
 * write.
 */
package io.shopsync.audit.report;
