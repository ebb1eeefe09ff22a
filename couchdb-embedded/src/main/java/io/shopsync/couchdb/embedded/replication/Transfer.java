package io.shopsync.couchdb.embedded.replication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.replication.Counters.Kind;
import io.shopsync.couchdb.embedded.replication.RemoteDatabase.Answer;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries what a batch of changes tells from the source to the target: what the target lacks, in one piece where
 * documents have no attachments, else each by itself ({@code couch_replicator_worker}).
 */
final class Transfer {
    private final RemoteDatabase source;
    private final RemoteDatabase target;
    private final boolean bulkGet;
    private final Counters counters;

    Transfer(RemoteDatabase source, RemoteDatabase target, boolean bulkGet, Counters counters) {
        this.source = source;
        this.target = target;
        this.bulkGet = bulkGet;
        this.counters = counters;
    }

    /** A revision that the target lacks, and what it has that the revision may have grown from. */
    private record Lacking(String id, String revision, JsonNode ancestors) {}

    /** @throws Crash where it cannot go on; a document that the target refuses is counted instead */
    void carry(List<ObjectNode> changes) throws InterruptedException {
        var alone = new ArrayList<Lacking>();
        var together = new ArrayList<Lacking>();
        for (var each : lacking(changes)) {
            // A design document that a user may not write must not look like a failed batch.
            (bulkGet && !each.id.startsWith("_design/") ? together : alone).add(each);
        }
        if (!together.isEmpty()) {
            carryTogether(together, alone);
        }
        for (var each : alone) {
            carryAlone(each, each.ancestors);
        }
    }

    private List<Lacking> lacking(List<ObjectNode> changes) throws InterruptedException {
        var asked = Json.object();
        int revisions = 0;
        for (var change : changes) {
            if (!change.path("id").asText().isEmpty()) {
                var wanted = asked.withArrayProperty(change.get("id").asText());
                change.path("changes").forEach(leaf -> wanted.add(leaf.get("rev")));
                revisions += change.path("changes").size();
            }
        }
        var lacking = new ArrayList<Lacking>();
        if (revisions > 0) {
            target.missing(asked)
                    .properties()
                    .forEach(row -> row.getValue()
                            .path("missing")
                            .forEach(revision -> lacking.add(new Lacking(
                                    row.getKey(),
                                    revision.textValue(),
                                    row.getValue().path("possible_ancestors")))));
        }
        counters.add(Kind.MISSING_CHECKED, revisions);
        counters.add(Kind.MISSING_FOUND, lacking.size());
        return lacking;
    }

    private void carryTogether(List<Lacking> wanted, List<Lacking> alone) throws InterruptedException {
        var asked = Json.array();
        wanted.forEach(each -> asked.addObject().put("id", each.id).put("rev", each.revision));
        var rows = source.bulkGet(asked);
        var documents = Json.array();
        for (int i = 0; i < wanted.size(); i++) {
            var found = rows.path(i).path("docs");
            var document = found.path(0).path("ok");
            if (found.size() == 1 && document.isObject() && !document.has("_attachments")) {
                documents.add(document);
            } else {
                alone.add(wanted.get(i));
            }
        }
        counters.add(Kind.BULK_GET_ATTEMPTS, wanted.size());
        counters.add(Kind.BULK_GET_DOCS, documents.size());
        counters.add(Kind.DOCS_READ, documents.size());
        write(documents);
    }

    private void write(ArrayNode documents) throws InterruptedException {
        if (documents.isEmpty()) {
            return;
        }
        var answer = target.writeAll(documents);
        if (answer.status() != 413) {
            counters.add(Kind.DOC_WRITE_FAILURES, answer.body().size());
            counters.add(Kind.DOCS_WRITTEN, documents.size() - answer.body().size());
        } else if (documents.size() == 1) {
            counters.add(Kind.DOC_WRITE_FAILURES, 1);
        } else {
            var half = Json.array();
            while (half.size() < documents.size()) {
                half.add(documents.remove(0));
            }
            write(half);
            write(documents);
        }
    }

    private void carryAlone(Lacking wanted, JsonNode ancestors) throws InterruptedException {
        for (var row : source.openRevision(wanted.id, wanted.revision, ancestors)) {
            if (!(row.path("ok") instanceof ObjectNode document)) {
                throw Crash.of("{missing_doc,<<\"" + wanted.id + "\">>}");
            }
            var answer = target.write(document);
            if (answer.status() == 412 && !ancestors.isEmpty()) {
                // What the target was thought to have of the attachments it has not.
                carryAlone(wanted, Json.array());
                return;
            }
            counters.add(Kind.DOCS_READ, 1);
            counters.add(isWritten(answer) ? Kind.DOCS_WRITTEN : Kind.DOC_WRITE_FAILURES, 1);
        }
    }

    /** @throws Crash for anything but a refusal of this very document */
    private static boolean isWritten(Answer answer) {
        boolean refused = switch (answer.status()) {
            case 401, 403, 413, 415 -> true;
            case 400 -> answer.body().path("reason").asText().startsWith("Attachment name ");
            default -> false;
        };
        if (!answer.isOk() && !refused) {
            throw Crash.of("{doc_write_failed,{" + answer.asTerm() + "}}");
        }
        return answer.isOk();
    }
}
