/**
 * Samples of how sync fares. They must not know where they are stored or drawn.
 */
package io.shopsync.contracts.metrics;
