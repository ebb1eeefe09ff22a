/**
 * Proofs of isolation: checks of one shop or all against the live databases, with logins that exist for their time alone,
 * and the signed reports that they end in. It must not know how databases are watched, or what mends what it finds.
 */
package io.shopsync.orchestrator.proof;
