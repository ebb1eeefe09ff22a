/**
 * The vocabulary all services share: identifiers, the {@link io.shopsync.contracts.Event} family, topic names and
 * problem codes. It must not know a framework, a database or how events travel: Jackson annotations are its only
 * dependency.
 */
package io.shopsync.contracts;
