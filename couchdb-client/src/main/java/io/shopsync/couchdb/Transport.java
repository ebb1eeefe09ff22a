package io.shopsync.couchdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Sends calls over one connection pool as one login, and turns whatever is no success into a {@link CouchException}. */
final class Transport {

    private static final int LONGEST_ERROR = 64 * 1024;

    private final HttpClient http;
    private final CouchOptions options;

    Transport(HttpClient http, CouchOptions options) {
        this.http = http;
        this.options = options;
    }

    CouchOptions options() {
        return options;
    }

    HttpClient http() {
        return http;
    }

    /** The whole answer of a success. */
    byte[] bytes(Call call) {
        return answer(call).body();
    }

    /** The whole answer of a success, with its headers. */
    HttpResponse<byte[]> answer(Call call) {
        var answer = send(call, BodyHandlers.ofByteArray(), call.timeout().orElse(options.requestTimeout()));
        if (answer.statusCode() >= 300) {
            throw failure(call, answer.statusCode(), answer.body());
        }
        return answer;
    }

    /** The answer of a success, or empty where {@code absent} says that this failure means "there is none". */
    Optional<byte[]> bytesUnless(Call call, Predicate<CouchException.NotFound> absent) {
        try {
            return Optional.of(bytes(call));
        } catch (CouchException.NotFound missing) {
            if (absent.test(missing)) {
                return Optional.empty();
            }
            throw missing;
        }
    }

    <T> T read(Call call, Class<T> type) {
        return parse(call, bytes(call), type);
    }

    <T> T read(Call call, TypeReference<T> type) {
        return parse(call, bytes(call), type);
    }

    JsonNode tree(Call call) {
        return read(call, JsonNode.class);
    }

    static <T> T parse(Call call, byte[] body, Class<T> type) {
        return parsed(call, () -> Json.MAPPER.readValue(body, type));
    }

    static <T> T parse(Call call, byte[] body, TypeReference<T> type) {
        return parsed(call, () -> Json.MAPPER.readValue(body, type));
    }

    private static <T> T parsed(Call call, Reading<T> reading) {
        try {
            var value = reading.read();
            if (value == null) {
                throw new CouchException.BrokenAnswer(call.where(), 200, "empty");
            }
            return value;
        } catch (IOException e) {
            throw unreadable(call, e);
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    /**
     * The answer as it arrives. Reading it throws an {@link IOException} when the server is silent for {@code idle};
     * {@link #broken} makes a {@link CouchException} of it.
     */
    BodyStream stream(Call call, Duration idle) {
        var answer = send(call, _ -> new BodyStream(idle), call.timeout().orElse(options.requestTimeout()));
        if (answer.statusCode() >= 300) {
            try (var body = answer.body()) {
                throw failure(call, answer.statusCode(), body.readNBytes(LONGEST_ERROR));
            } catch (IOException e) {
                throw broken(call, e);
            }
        }
        return answer.body();
    }

    /** What reading a streamed answer ran into. */
    static CouchException broken(Call call, IOException e) {
        return switch (e) {
            case BodyStream.Silence _ -> new CouchException.TimedOut(call.where(), "the answer stopped");
            case BodyStream.ReaderInterrupted _ -> new CouchException.Interrupted(call.where());
            case JsonProcessingException _ -> unreadable(call, e);
            default -> new CouchException.Unreachable(call.where(), e);
        };
    }

    private <T> HttpResponse<T> send(Call call, BodyHandler<T> handler, Duration timeout) {
        var sent = http.sendAsync(request(call), handler);
        try {
            return sent.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new CouchException.Unreachable(call.where(), e.getCause());
        } catch (TimeoutException _) {
            // Cancelling closes the connection: its late answer must not be taken for the next one's.
            sent.cancel(true);
            throw new CouchException.TimedOut(call.where(), "no answer within " + timeout);
        } catch (InterruptedException _) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new CouchException.Interrupted(call.where());
        }
    }

    private HttpRequest request(Call call) {
        var request = HttpRequest.newBuilder(
                        URI.create(options.url() + call.route().pathAndQuery()))
                .method(call.method(), call.body())
                .header("Accept", Call.JSON);
        call.contentType().ifPresent(type -> request.header("Content-Type", type));
        options.credentials().header().ifPresent(header -> request.header(header.name(), header.value()));
        return request.build();
    }

    private static CouchException failure(Call call, int status, byte[] body) {
        var error = "";
        var reason = "";
        try {
            var node = Json.MAPPER.readTree(body);
            error = node.path("error").asText("");
            reason = node.path("reason").asText("");
        } catch (IOException _) {
            // Not CouchDB's JSON (a proxy's page, say): the status alone tells.
        }
        return CouchException.of(call.method(), call.route().path(), status, error, reason);
    }

    private static CouchException unreadable(Call call, IOException e) {
        if (e instanceof JsonProcessingException json) {
            // The source snippet would put a document into a log.
            json.clearLocation();
            return new CouchException.BrokenAnswer(call.where(), 200, json.getOriginalMessage());
        }
        return new CouchException.Unreachable(call.where(), e);
    }
}
