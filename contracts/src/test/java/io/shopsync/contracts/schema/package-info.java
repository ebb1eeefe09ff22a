/**
 * Keeps the published description of events (JSON schemas, AsyncAPI, golden files) equal to the records and readable
 * by those who know only an older version. It must not describe anything by hand that the records already say.
 */
package io.shopsync.contracts.schema;
