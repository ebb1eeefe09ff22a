/**
 * Takes events off Kafka in batches: reads them, removes what must not be kept, hands them to a store until it has
 * them, and puts aside what cannot be read. It must not know what the stores do with them.
 */
package io.shopsync.audit.intake;
