/**
 * Documents, revisions and revision trees: parsing, identity, merge, and the choice of the winner. Pure: knows neither
 * storage nor users nor time, so that what it decides can be tested as mathematics.
 */
package io.shopsync.couchdb.embedded.document;
