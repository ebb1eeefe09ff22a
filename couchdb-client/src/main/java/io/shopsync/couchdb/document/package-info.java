/**
 * Documents as they are sent and read, and what became of each in a bulk request. It must not know how requests are
 * sent.
 */
package io.shopsync.couchdb.document;
