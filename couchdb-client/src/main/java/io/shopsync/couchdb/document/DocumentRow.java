package io.shopsync.couchdb.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A row of {@code _all_docs}. */
public sealed interface DocumentRow {

    /** The id asked for or found. */
    String id();

    /** The document is there. {@code body} is present where documents were asked for. */
    record Present(String id, String rev, Optional<ObjectNode> body) implements DocumentRow {}

    /** The document asked for by key is deleted; {@code rev} is its last revision. */
    record Deleted(String id, String rev) implements DocumentRow {}

    /** No such document, asked for by key. */
    record Missing(String id) implements DocumentRow {}
}
