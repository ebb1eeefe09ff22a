package io.shopsync.contracts.schema;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that describe events to others, and the JSON that events are written in. */
final class Published {

    /** Rewrites what is published from the records: {@code mvn -pl contracts test -Dcontracts.refresh}. */
    static final boolean REFRESH = System.getProperty("contracts.refresh") != null;

    static final String HOW_TO_REFRESH = "not current: run mvn -pl contracts test -Dcontracts.refresh and commit";

    /** Events as the codec of {@code eventing} writes and reads them. */
    static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    static final Path SOURCES = MODULE.resolve("src/main/java");
    static final Path GOLDEN = MODULE.resolve("src/test/resources/golden");
    static final Path DOCS = MODULE.resolveSibling("docs");
    static final Path SCHEMAS = DOCS.resolve("events");
    static final Path ASYNC_API = DOCS.resolve("asyncapi.yaml");
    static final Path TOPICS = MODULE.resolveSibling("deploy").resolve("kafka").resolve("topics.txt");

    private Published() {}

    static Path schemaOf(String eventType) {
        return SCHEMAS.resolve(eventType + ".json");
    }

    static String text(JsonNode json) {
        return json.toPrettyString() + "\n";
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** The JSON files of a folder in the order of their names; none where there is no such folder. */
    static List<Path> jsonFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
