package io.shopsync.orchestrator.replication.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands before a CouchDB and fails as networks do, on purpose. One request a connection keeps it simple. */
final class FaultyProxy implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:\\s*(\\d+)");

    private final ServerSocket listening;
    private final URI upstream;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private volatile Faults faults = (_, _) -> Fault.NONE;

    /** What goes wrong with a request. */
    enum Fault {
        NONE,
        /** The connection is cut before the server hears of it. */
        BEFORE,
        /** The server does it, and its answer is lost. */
        AFTER,
        /** The connection is cut in the midst of the answer. */
        MIDWAY,
        /** Something on the way says that the request is too large. */
        TOO_LARGE,
        /** Something on the way says that the server has failed. */
        BROKEN
    }

    /** Chooses what goes wrong. */
    interface Faults {
        Fault of(String requestLine, long bodyLength);
    }

    FaultyProxy(URI upstream) throws IOException {
        this.upstream = upstream;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    void fail(Faults with) {
        faults = with;
    }

    private void accept() {
        while (true) {
            try {
                var client = listening.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var head = head(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            Matcher length = LENGTH.matcher(head);
            var body = client.getInputStream().readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            var fault = faults.of(head.substring(0, head.indexOf("\r\n")), body.length);
            switch (fault) {
                case BEFORE -> {}
                case TOO_LARGE -> answer(client, "413 Request Entity Too Large");
                case BROKEN -> answer(client, "500 Internal Server Error");
                case NONE, AFTER, MIDWAY -> forward(client, head, body, fault);
            }
        } catch (IOException _) {
            // Somebody hung up: what this is for.
        }
    }

    private void forward(Socket client, String head, byte[] body, Fault fault) throws IOException {
        try (var server = new Socket(upstream.getHost(), upstream.getPort())) {
            var out = server.getOutputStream();
            out.write(head.replaceFirst("\r\n", "\r\nConnection: close\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            var answer = new ByteArrayOutputStream();
            if (fault == Fault.NONE) {
                server.getInputStream().transferTo(client.getOutputStream());
                return;
            }
            server.getInputStream().transferTo(answer);
            if (fault == Fault.MIDWAY) {
                client.getOutputStream().write(answer.toByteArray(), 0, answer.size() - Math.min(answer.size(), 9));
            }
        }
    }

    private static void answer(Socket client, String status) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            var next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var client : open) {
            client.close();
        }
    }
}
