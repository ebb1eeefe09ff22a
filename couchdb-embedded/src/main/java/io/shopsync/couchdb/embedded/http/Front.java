package io.shopsync.couchdb.embedded.http;

import io.shopsync.couchdb.embedded.auth.Authenticator;
import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.store.Ending;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The connections: reads requests on the event loop, has each answered on a virtual thread of its own. */
public final class Front implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Front.class.getName());
    private static final String SERVER = "CouchDB/3.5.0 (shopsync-embedded)";
    private static final Set<String> OF_BODIES = Set.of("Content-Type", "Cache-Control");
    private static final int MAX_HEADERS = 64 * 1024;

    private final Router router;
    private final Gate gate;
    private final Authenticator authenticator;
    private final Cors cors;
    private final Faults faults;
    private final AccessLog log;
    private final HttpServer server;
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);

    public Front(
            Vertx vertx,
            Router router,
            Databases databases,
            Authenticator authenticator,
            Config config,
            Faults faults,
            AccessLog log) {
        this.router = router;
        this.authenticator = authenticator;
        this.faults = faults;
        this.log = log;
        gate = new Gate(databases, config);
        cors = new Cors(config);
        server = vertx.createHttpServer(new HttpServerOptions()
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(MAX_HEADERS)
                .setMaxHeaderSize(MAX_HEADERS));
        server.requestHandler(this::receive);
    }

    /**
     * Starts to listen on the loopback interface.
     *
     * @param port 0 for any that is free
     * @return the port
     */
    public int listen(String address, int port) {
        return server.listen(port, address)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    /**
     * Closes all connections, then waits for the requests that are being served.
     */
    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
        closing.countDown();
        if (!Ending.of(work)) {
            LOG.log(Level.WARNING, "Stopped while requests were still being served");
        }
    }

    private void receive(HttpServerRequest raw) {
        Sink sink = new Sink(raw.response());
        raw.body().onSuccess(body -> work.execute(() -> serve(raw, body, sink)));
    }

    private void serve(HttpServerRequest raw, Buffer body, Sink sink) {
        long began = System.nanoTime();
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 10);
        Request anonymous = Request.of(
                raw.method().name(),
                raw.uri(),
                raw.headers()::get,
                body.getBytes(),
                Peer.of(raw.remoteAddress().hostAddress(), raw.getHeader("X-Forwarded-For")));
        Request request = anonymous;
        int status = 0;
        String outcome = "ok";
        try {
            Faults.Kind fault =
                    faults.strike(request.originalMethod(), request.target()).orElse(null);
            boolean cut = fault instanceof Faults.Kind.Delay delay
                    && closing.await(delay.by().toMillis(), TimeUnit.MILLISECONDS);
            if (cut || fault instanceof Faults.Kind.Refuse) {
                raw.connection().close();
                return;
            }
            Answered answered = fault instanceof Faults.Kind.Answer wanted
                    ? new Answered(request, Response.error(failure(wanted.status())))
                    : ScopedValue.where(AccessLog.REQUEST, id).call(() -> answer(anonymous));
            request = answered.request();
            status = answered.response().status();
            if (fault instanceof Faults.Kind.DropAnswer) {
                raw.connection().close();
                return;
            }
            send(raw.response(), sink, request, answered.response(), id);
        } catch (Sink.ClientGone e) {
            outcome = "aborted";
        } catch (InterruptedException e) {
            outcome = "aborted";
            raw.connection().close();
        } catch (RuntimeException e) {
            outcome = "aborted";
            LOG.log(Level.ERROR, "An answer broke off: " + request.target(), e);
            raw.connection().close();
        } finally {
            log.write(request, id, status, outcome, System.nanoTime() - began);
        }
    }

    /** A request with its user, and what it is answered. */
    private record Answered(Request request, Response response) {}

    private Answered answer(Request anonymous) throws InterruptedException {
        Request request = anonymous;
        Response response;
        try {
            var preflight = cors.preflight(anonymous);
            if (preflight.isPresent()) {
                return new Answered(anonymous, preflight.get());
            }
            request = anonymous.as(authenticator.authenticate(
                    anonymous.header("Authorization").orElse(null),
                    anonymous.header("Cookie").orElse(null),
                    anonymous.peer()));
            gate.check(request);
            response = renewed(request, router.route(request));
        } catch (CouchError e) {
            response = Response.error(e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "No answer to " + anonymous.originalMethod() + " " + anonymous.target(), e);
            response = Response.error(failure(500));
        }
        return new Answered(request, cors.apply(request, response));
    }

    /** A session that is used goes on. */
    private Response renewed(Request request, Response response) {
        if ("cookie".equals(request.user().handler()) && !response.headers().containsKey("Set-Cookie")) {
            authenticator
                    .sessions()
                    .renewal(request.header("Cookie").orElse(null))
                    .ifPresent(cookie -> response.header("Set-Cookie", cookie));
        }
        return response;
    }

    private static CouchError failure(int status) {
        return status == 503
                ? new CouchError(503, "service unavailable", "Nodes are unable to service this request.")
                : new CouchError(status, "internal_server_error", "No DB shards could be opened.");
    }

    private static void send(HttpServerResponse out, Sink sink, Request request, Response response, String id)
            throws InterruptedException {
        boolean unchanged = request.method().equals("GET")
                && response.status() == 200
                && request.header("If-None-Match")
                        .filter(tags -> response.headers().containsKey("ETag"))
                        .filter(tags -> tags.contains(response.headers().get("ETag")) || tags.equals("*"))
                        .isPresent();
        out.setStatusCode(unchanged ? 304 : response.status());
        if (response.status() == 404) {
            // Erlang's words, which clients show where there is no body to read.
            out.setStatusMessage("Object Not Found");
        }
        response.headers().forEach((name, value) -> {
            if (!unchanged || !OF_BODIES.contains(name)) {
                out.putHeader(name, value);
            }
        });
        out.putHeader("Server", SERVER)
                .putHeader("X-Couch-Request-ID", id)
                .putHeader(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                ZonedDateTime.ofInstant(Instant.now(), ZoneOffset.UTC)));
        if (response.bytes() == null && !unchanged && !request.isHead()) {
            response.writer().writeTo(sink);
            sink.end();
        } else if (unchanged || request.isHead()) {
            if (!unchanged && response.bytes() != null) {
                out.putHeader("Content-Length", Integer.toString(response.bytes().length));
            }
            Sink.await(out.end());
        } else {
            Sink.await(out.end(Buffer.buffer(response.bytes())));
        }
    }
}
