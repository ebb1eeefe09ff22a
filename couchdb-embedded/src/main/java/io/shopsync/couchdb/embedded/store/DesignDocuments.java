package io.shopsync.couchdb.embedded.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.embedded.document.StoredDocument.View;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A database's live design documents, and the functions in them that validate writes. */
final class DesignDocuments {
    private static final Range RANGE = new Range("_design/", "_design0", false);

    private final Documents documents;
    private volatile List<String> validators;

    DesignDocuments(Documents documents) {
        this.documents = documents;
    }

    Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        documents.live(RANGE, design -> ids.add(design.id()));
        return ids;
    }

    /** One was written: the functions are read anew. */
    void changed() {
        validators = null;
    }

    boolean validatorsAreKnown() {
        return validators != null;
    }

    /** The sources of {@code validate_doc_update} of all design documents, in order of id. */
    List<String> validators() {
        List<String> known = validators;
        if (known == null) {
            List<String> found = new ArrayList<>();
            documents.live(RANGE, design -> {
                JsonNode function = design.toNode(View.PLAIN).path("validate_doc_update");
                if (function.isTextual()) {
                    found.add(function.textValue());
                }
                return true;
            });
            known = List.copyOf(found);
            validators = known;
        }
        return known;
    }
}
