/**
 * What design documents decide: runs {@code validate_doc_update} in Rhino, and refuses design documents that CouchDB
 * would not take. Knows no databases: it is given documents.
 */
package io.shopsync.couchdb.embedded.validation;
