/**
 * A Postgres server run as a child process from binaries that come as a dependency. It must not know any schema: the
 * services bring their own.
 */
package io.shopsync.stack.postgres;
