package io.shopsync.couchdb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.document.FetchOptions;
import io.shopsync.couchdb.document.MissingRevisions;
import io.shopsync.couchdb.document.RawJson;
import io.shopsync.couchdb.document.RevisionRef;
import io.shopsync.couchdb.document.WriteOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Many documents of a database in one request. */
public final class BulkDocuments {

    private final Transport transport;
    private final Route database;

    BulkDocuments(Transport transport, Route database) {
        this.transport = transport;
        this.database = database;
    }

    /**
     * Stores documents as new edits, each by itself: some may be stored and others not. The outcomes are in the order of
     * the documents.
     *
     * @param documents each anything that Jackson writes as an object
     * @throws CouchException.TooLarge where one of them is larger than the server takes; then none is stored
     */
    public List<WriteOutcome> write(Collection<?> documents) {
        if (documents.isEmpty()) {
            return List.of();
        }
        return outcomes(Call.json("POST", route(), Map.of("docs", documents)));
    }

    /**
     * Stores revisions made elsewhere, as they are ({@code new_edits=false}), and returns those alone that were refused;
     * one that is there already counts as stored.
     *
     * @param documents each with {@code _id}, {@code _rev} and {@code _revisions}
     * @throws CouchException.TooLarge where one of them is larger than the server takes; then none is stored
     */
    public List<WriteOutcome.Refused> replicate(Collection<RawJson> documents) {
        if (documents.isEmpty()) {
            return List.of();
        }
        var body = new JsonArrayBody("{\"new_edits\":false,\"docs\":[", documents, "]}");
        var refused = new ArrayList<WriteOutcome.Refused>();
        for (var outcome : outcomes(Call.of("POST", route()).carrying(body.publisher()))) {
            if (outcome instanceof WriteOutcome.Refused row) {
                refused.add(row);
            }
        }
        return refused;
    }

    /** Reads many revisions in one request, in any number: they are not held in memory. */
    public FetchedDocuments fetch(Collection<RevisionRef> revisions, FetchOptions options) {
        var route = database.slash("_bulk_get")
                .with("revs", options.revisions())
                .with("attachments", options.attachments());
        var call = Call.json("POST", route, bulkGetBody(revisions))
                .within(transport.options().idleTimeout());
        return FetchedDocuments.open(transport, call, options.largest());
    }

    /** Which of these revisions the database lacks; documents of which it has all are left out. */
    public Map<String, MissingRevisions> missing(Map<String, ? extends Collection<String>> revisions) {
        if (revisions.isEmpty()) {
            return Map.of();
        }
        var call = Call.json("POST", database.slash("_revs_diff"), revisions)
                .within(transport.options().idleTimeout());
        var missing = new LinkedHashMap<String, MissingRevisions>();
        for (var entry : transport.tree(call).properties()) {
            missing.put(
                    entry.getKey(),
                    new MissingRevisions(
                            texts(entry.getValue().path("missing")),
                            texts(entry.getValue().path("possible_ancestors"))));
        }
        return missing;
    }

    /**
     * Removes leaf revisions without a trace: they are not replicated as deletions. At most 100 documents a request by
     * CouchDB's default.
     *
     * @return the revisions that were there and are gone, by document
     */
    public Map<String, List<String>> purge(Map<String, ? extends Collection<String>> revisions) {
        var call = Call.json("POST", database.slash("_purge"), revisions)
                .within(transport.options().idleTimeout());
        var purged = new LinkedHashMap<String, List<String>>();
        for (var entry : transport.tree(call).path("purged").properties()) {
            purged.put(entry.getKey(), texts(entry.getValue()));
        }
        return purged;
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>(array.size());
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static byte[] bulkGetBody(Collection<RevisionRef> revisions) {
        return Json.written(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("docs");
            for (var revision : revisions) {
                json.writeStartObject();
                json.writeStringField("id", revision.id());
                if (!revision.rev().isEmpty()) {
                    json.writeStringField("rev", revision.rev());
                }
                if (!revision.attachmentsSince().isEmpty()) {
                    json.writeArrayFieldStart("atts_since");
                    for (var known : revision.attachmentsSince()) {
                        json.writeString(known);
                    }
                    json.writeEndArray();
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private Route route() {
        return database.slash("_bulk_docs");
    }

    private List<WriteOutcome> outcomes(Call call) {
        var patient = call.within(transport.options().idleTimeout());
        var body = transport.bytes(patient);
        var outcomes = new ArrayList<WriteOutcome>();
        try (var parser = Json.MAPPER.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new CouchException.BrokenAnswer(call.where(), 201, "not an array");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                outcomes.add(outcome(parser));
            }
        } catch (IOException e) {
            throw Transport.broken(call, e);
        }
        return outcomes;
    }

    private static WriteOutcome outcome(JsonParser parser) throws IOException {
        var id = "";
        var rev = "";
        String error = null;
        var reason = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "id" -> id = parser.getValueAsString("");
                case "rev" -> rev = parser.getValueAsString("");
                case "error" -> error = parser.getValueAsString("");
                case "reason" -> reason = parser.getValueAsString("");
                default -> parser.skipChildren();
            }
        }
        return error == null
                ? new WriteOutcome.Stored(id, rev)
                : new WriteOutcome.Refused(id, rev, WriteOutcome.Cause.of(error), error, reason);
    }
}
