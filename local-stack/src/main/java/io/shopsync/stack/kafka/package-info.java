/**
 * A single Kafka node inside this JVM, and the one place that says which topics there are. It must not know what is
 * written to them.
 */
package io.shopsync.stack.kafka;
