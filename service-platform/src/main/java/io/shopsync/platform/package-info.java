/**
 * What every HTTP service of ours has alike: problems, roles and shop owners, cursors, strict JSON. It must not know
 * any service's features, nor Kafka.
 */
package io.shopsync.platform;
