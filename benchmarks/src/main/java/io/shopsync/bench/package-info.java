/**
 * Measurements of the system against what the servers below it can do at best, and what they share: rates, percentiles
 * and how they are printed. It must not know how the services work inside, and nothing depends on it.
 */
package io.shopsync.bench;
