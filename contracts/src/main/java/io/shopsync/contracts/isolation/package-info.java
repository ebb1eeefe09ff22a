/**
 * Violations of isolation and the catalogue of their kinds. They must never carry a document's body.
 */
package io.shopsync.contracts.isolation;
