/**
 * The audit-service: remembers what happened to every shop and answers who asks. It only listens; it must never tell
 * another service to do anything.
 */
package io.shopsync.audit;
