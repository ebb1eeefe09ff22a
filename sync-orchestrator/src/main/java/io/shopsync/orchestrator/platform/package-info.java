/**
 * What the features of this service stand on and none of them owns: JDBC, CouchDB's client, health. It must not know a
 * feature.
 */
package io.shopsync.orchestrator.platform;
