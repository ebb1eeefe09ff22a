/**
 * What may be asked of a shop after its signup: suspend, resume, change databases, rotate passwords, delete. It must not
 * know how the orchestrator carries a wish out.
 */
package io.shopsync.provisioning.command;
