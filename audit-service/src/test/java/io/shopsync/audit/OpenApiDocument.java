package io.shopsync.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The committed description of the service's HTTP API. */
record OpenApiDocument(String text) {

    static final Path FILE = Path.of("../docs/openapi/audit-service.yaml");

    static OpenApiDocument committed() throws IOException {
        return new OpenApiDocument(Files.readString(FILE));
    }

    /** Every path; the service knows no method but GET. */
    Stream<String> paths() {
        return text.lines()
                .filter(line -> line.startsWith("  /api/"))
                .map(line -> line.strip().replace(":", ""));
    }
}
