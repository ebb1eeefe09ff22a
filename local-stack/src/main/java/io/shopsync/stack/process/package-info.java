/**
 * Ports and operating system processes: finding, remembering, ending. It must not know which servers they belong to.
 */
package io.shopsync.stack.process;
