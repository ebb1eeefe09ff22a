/**
 * The control door of the edges before CouchDB: refuses a shop there, and ends its open feeds, which CouchDB itself never
 * does. It must not know why.
 */
package io.shopsync.orchestrator.edge;
