/**
 * How fast and how small the CouchDB is that runs within a JVM. It must not know what is inside it: it is asked over
 * HTTP, as everyone asks it.
 */
package io.shopsync.bench.embedded;
