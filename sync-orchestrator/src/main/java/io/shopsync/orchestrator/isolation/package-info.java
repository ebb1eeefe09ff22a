/**
 * Finds what does not belong into a shop's database and removes it, once its copy is in quarantine; reports drift and
 * databases that no shop owns. It must not know how a shop is provisioned.
 */
package io.shopsync.orchestrator.isolation;
