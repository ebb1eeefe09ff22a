package io.shopsync.orchestrator.reconcile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.document.DocumentRow;
import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.orchestrator.batch.Batcher;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.security.LoginDocument;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * The logins in CouchDB. What the shops in flight ask at the same time travels in one request: in bulk a login costs
 * CouchDB a seventh of what it costs by itself.
 */
@ApplicationScoped
class LoginStore {

    private static final int PER_REQUEST = 200;

    private final Couch couch;
    private final Batcher<String, Optional<ObjectNode>> reads;
    private final Batcher<ObjectNode, WriteOutcome> writes;

    LoginStore(Couch couch) {
        this.couch = couch;
        this.reads = new Batcher<>("logins-read", PER_REQUEST, Couch::faultOfOneRequest, this::readAll);
        this.writes = new Batcher<>("logins-write", PER_REQUEST, Couch::faultOfOneRequest, this::writeAll);
    }

    /** The logins' documents in the order asked. */
    List<Optional<ObjectNode>> read(List<String> logins) {
        return reads.submitAll(logins);
    }

    /**
     * Stores and removes logins.
     *
     * @throws LoginRefused where CouchDB did not store one of them; the others may be stored
     */
    void write(List<Step.OnLogin> steps) {
        var refusals = writes.submitAll(steps.stream().map(LoginStore::document).toList()).stream()
                .filter(WriteOutcome.Refused.class::isInstance)
                .map(refused -> (RuntimeException) new LoginRefused((WriteOutcome.Refused) refused))
                .toList();
        if (!refusals.isEmpty()) {
            throw Failure.toActOn(refusals);
        }
    }

    private static ObjectNode document(Step.OnLogin step) {
        return switch (step) {
            case Step.PutLogin put -> put.document();
            case Step.RemoveLogin(var login, var revision) ->
                JsonNodeFactory.instance
                        .objectNode()
                        .put("_id", LoginDocument.idOf(login))
                        .put("_rev", revision)
                        .put("_deleted", true);
        };
    }

    private List<Optional<ObjectNode>> readAll(List<String> logins) {
        var ids = logins.stream().map(LoginDocument::idOf).toList();
        var rows = couch.ask(server -> server.database(LoginDocument.DATABASE).documents(ids));
        return rows.stream()
                .map(row -> row instanceof DocumentRow.Present present ? present.body() : Optional.<ObjectNode>empty())
                .toList();
    }

    private List<WriteOutcome> writeAll(List<ObjectNode> documents) {
        return couch.ask(
                server -> server.database(LoginDocument.DATABASE).bulk().write(documents));
    }
}
