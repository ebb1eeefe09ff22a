package io.shopsync.orchestrator.proof.matrix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tries attempts, each by each of the logins, as strangers would: with plain requests, past everything that the control
 * plane has between itself and CouchDB.
 */
public final class Matrix implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private final URI couch;
    private final HttpClient http;

    /** @param couch base URL, without credentials */
    public Matrix(URI couch) {
        this.couch = couch;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
    }

    /**
     * Tries them one after the other.
     *
     * @param breached told at once of each write that succeeded and should not have, to take it away again
     */
    public List<Cell> run(List<Attempt> attempts, Map<Who, Login> logins, Target target, Consumer<Cell> breached) {
        var cells = new ArrayList<Cell>(attempts.size() * logins.size());
        for (var attempt : attempts) {
            // The strangers first: what members do to a database of the check's own cannot stand in their way.
            for (var who : List.of(Who.values()).reversed()) {
                if (logins.containsKey(who)) {
                    var cell = attempt(attempt, who, logins.get(who), target);
                    if (cell.isBreach() && attempt.effect() == Attempt.Effect.DOCUMENT) {
                        breached.accept(cell);
                    }
                    cells.add(cell);
                }
            }
        }
        return cells;
    }

    private Cell attempt(Attempt attempt, Who who, Login login, Target target) {
        var answer = send(attempt, who, login, target);
        return new Cell(
                target,
                attempt,
                who,
                attempt.right().expected(who, target.open()),
                attempt.outcome(answer),
                answer.status());
    }

    private Answer send(Attempt attempt, Who who, Login login, Target target) {
        var body = attempt.body()
                .map(text -> BodyPublishers.ofString(target.fill(text, who)))
                .orElseGet(BodyPublishers::noBody);
        var request = HttpRequest.newBuilder(URI.create(couch + target.fill(attempt.path(), who)))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(attempt.method(), body);
        login.authorization().ifPresent(value -> request.header("Authorization", value));
        try {
            return answer(http.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return new Answer(0, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Answer answer(HttpResponse<byte[]> response) throws IOException {
        return new Answer(response.statusCode(), response.statusCode() == 201 && everyRowRefused(response.body()));
    }

    private static boolean everyRowRefused(byte[] body) throws IOException {
        try {
            var rows = JSON.readTree(body);
            return rows.isArray() && !rows.isEmpty() && rows.valueStream().allMatch(Matrix::isRefused);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean isRefused(JsonNode row) {
        var error = row.path("error").asText();
        return error.equals("forbidden") || error.equals("unauthorized");
    }

    @Override
    public void close() {
        http.close();
    }
}
