package io.shopsync.couchdb.embedded.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One recorded conversation, as its file has it.
 *
 * @param name the file's name without its ending
 * @param about what the conversation is about, for a reader
 * @param recordedFrom the server that gave the answers
 * @param steps requests and answers, in order; later ones may use values of earlier ones
 */
public record Scenario(String name, String about, String recordedFrom, List<Step> steps) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern OWN_DATABASE = Pattern.compile("/([a-z][^/?]*)(\\?.*)?");
    private static final Pattern SYSTEM_DOCUMENT = Pattern.compile("/((?:_users|_replicator)/[^/?]+)(\\?.*)?");

    /** The recordings beside the project where they are present, else the copy among the test resources. */
    public static List<Scenario> all() {
        var shared = Path.of("..", "..", "shared", "couchdb-transcripts");
        return Files.isDirectory(shared) ? readFrom(shared) : readFrom(copy());
    }

    /** The databases that the steps create, so that they can be removed. */
    public List<String> databases() {
        return created(OWN_DATABASE);
    }

    /** The documents of {@code _users} and {@code _replicator} that the steps create, as {@code database/id}. */
    public List<String> systemDocuments() {
        return created(SYSTEM_DOCUMENT);
    }

    private List<String> created(Pattern path) {
        return steps.stream()
                .filter(step -> step.method().equals("PUT"))
                .map(step -> path.matcher(step.path()))
                .filter(Matcher::matches)
                .map(matched -> matched.group(1))
                .distinct()
                .toList();
    }

    private static List<Scenario> readFrom(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            var named = new TreeSet<Path>();
            files.filter(file -> file.toString().endsWith(".json")).forEach(named::add);
            return named.stream().map(Scenario::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scenario read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return JSON.readValue(in, Scenario.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Path copy() {
        return Path.of("src", "test", "resources", "couchdb-transcripts");
    }

    /**
     * One request and its answer.
     *
     * @param as who asks: {@code "admin"}, nobody, or an object with {@code name} and {@code password}
     * @param save variable name to the dotted path of its value in the answer
     * @param repeatUntilMatch whether the server is given time to come to this answer
     * @param note why the step is there
     */
    public record Step(
            String method,
            String path,
            JsonNode as,
            JsonNode body,
            Map<String, String> headers,
            Map<String, String> save,
            boolean repeatUntilMatch,
            String note,
            int status,
            JsonNode response) {

        /** A name to show: what is asked, by whom, and what must come back. */
        public String title() {
            var who = as == null || as.isNull()
                    ? "nobody"
                    : as.isTextual() ? as.textValue() : as.path("name").textValue();
            var why = Optional.ofNullable(note).map(text -> " (" + text + ")").orElse("");
            return method + " " + path + " as " + who + " is " + status + why;
        }
    }
}
