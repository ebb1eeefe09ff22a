/**
 * Wake-ups from the watcher. They must not carry what changed: the reader looks for itself.
 */
package io.shopsync.contracts.change;
