/**
 * Real Kafka, Postgres and CouchDB for the tests of services, as Quarkus test resources: one of each a JVM, kept for
 * all its tests. It must not know any service.
 */
package io.shopsync.stack.testing;
