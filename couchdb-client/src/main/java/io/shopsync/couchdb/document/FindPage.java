package io.shopsync.couchdb.document;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Some documents found.
 *
 * @param bookmark where this page ended
 * @param warning what the server has to say, such as that no index served
 */
public record FindPage(@JsonProperty("docs") List<ObjectNode> documents, String bookmark, Optional<String> warning) {

    public FindPage {
        documents = List.copyOf(documents);
        warning = warning == null ? Optional.empty() : warning;
    }
}
