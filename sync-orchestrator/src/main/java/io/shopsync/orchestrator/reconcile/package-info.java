/**
 * Makes CouchDB match what is wished: observe, plan, apply, for one shop at a time by one worker at a time, and for many
 * shops side by side. It must not know where wishes come from, nor who reads what it reports.
 */
package io.shopsync.orchestrator.reconcile;
