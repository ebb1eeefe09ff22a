/**
 * How fast shops are made, against the requests to CouchDB that this takes. It must not know how the services make
 * them: the requests are copied from a shop that was made, and the system is used as anyone uses it.
 */
package io.shopsync.bench.provision;
