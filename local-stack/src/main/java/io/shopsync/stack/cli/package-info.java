/**
 * The commands of {@code ./dev}. They must not know how a server is started: only what to say about it.
 */
package io.shopsync.stack.cli;
