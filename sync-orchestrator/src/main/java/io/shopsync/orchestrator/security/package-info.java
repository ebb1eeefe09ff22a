/**
 * What isolates a shop in CouchDB: the guard, the {@code _security} of its databases and its logins, each as it should
 * be and comparable with what CouchDB holds. It must not know how or when they get there.
 */
package io.shopsync.orchestrator.security;
