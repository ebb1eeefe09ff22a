package io.shopsync.stack.till;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.stack.process.PidFile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** One till of one shop, with a database of its own that syncs with one of the shop's. Not for use by many threads. */
public final class Till implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration END_PATIENCE = Duration.ofSeconds(5);

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private Till(Process process) {
        this.process = process;
        this.commands = process.outputWriter();
        this.answers = process.inputReader();
    }

    /**
     * A login as a shop's connection gives it.
     *
     * @param name such as {@code shop_acme_sync}
     */
    public record Login(String name, String password) {
        @Override
        public String toString() {
            return "Login[" + name + ']';
        }
    }

    /**
     * What a sync did.
     *
     * @param pushed documents that the server took
     * @param pulled documents that the till took
     * @param refused documents that one side refused
     */
    public record Synced(int pushed, int pulled, int refused) {}

    /**
     * What became of an attempt to reach another database.
     *
     * @param status HTTP's, 200 where it was let in
     * @param reason the server's words
     */
    public record Reached(int status, String reason) {}

    /**
     * A till that has not synced yet.
     *
     * @param folder where its own database is; one that is there already is opened
     * @param database the address of the shop's database
     */
    public static Till open(TillProgram program, Path folder, URI database, Login login) {
        var till = new Till(program.start(folder));
        till.write(JSON.createObjectNode()
                .put("folder", folder.resolve("pouch").toString())
                .put("url", database.toString())
                .put("username", login.name())
                .put("password", login.password()));
        return till;
    }

    /** Writes documents into the till's own database: whether there is a server or not. */
    public void put(List<Map<String, Object>> documents) {
        command("put", Map.of("docs", documents));
    }

    /** Reads a document from the till's own database. */
    public JsonNode read(String id) {
        return command("read", Map.of("id", id)).get("doc");
    }

    /** The ids of the documents in the till's own database. */
    public List<String> ids() {
        return StreamSupport.stream(command("ids", Map.of()).get("ids").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Syncs once, both ways. */
    public Synced sync() {
        var answer = command("sync", Map.of());
        return new Synced(
                answer.get("pushed").asInt(),
                answer.get("pulled").asInt(),
                answer.get("refused").asInt());
    }

    /** Syncs from now on, both ways, whatever the server does meanwhile. */
    public void live() {
        command("live", Map.of());
    }

    /** Tries to read another database with this till's login. */
    public Reached reach(URI database) {
        var answer = ask("reach", Map.of("url", database.toString()));
        return answer.get("ok").asBoolean()
                ? new Reached(200, "")
                : new Reached(answer.get("status").asInt(), answer.get("reason").asText());
    }

    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException e) {
            // It is gone already: what cannot be flushed need not be.
            process.destroy();
        }
        PidFile.end(process.toHandle(), END_PATIENCE);
    }

    private JsonNode command(String name, Map<String, ?> arguments) {
        var answer = ask(name, arguments);
        if (!answer.get("ok").asBoolean()) {
            throw new TillException(
                    answer.get("status").asInt(), answer.get("reason").asText());
        }
        return answer;
    }

    private JsonNode ask(String name, Map<String, ?> arguments) {
        ObjectNode command = JSON.valueToTree(arguments);
        write(command.put("do", name));
        try {
            var line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("the till ended");
            }
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(JsonNode line) {
        try {
            commands.write(JSON.writeValueAsString(line));
            commands.newLine();
            commands.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        } catch (IOException e) {
            throw new UncheckedIOException("the till ended", e);
        }
    }
}
