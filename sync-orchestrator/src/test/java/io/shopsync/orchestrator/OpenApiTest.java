package io.shopsync.orchestrator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@OrchestratorTest
class OpenApiTest {

    /** {@code -Dopenapi.refresh} writes the document instead of comparing it. */
    private static final boolean REFRESH = System.getProperty("openapi.refresh") != null;

    private static final Path COMMITTED = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolveSibling("docs/openapi/sync-orchestrator.yaml");

    @Test
    void theCommittedDocumentIsCurrent() throws IOException {
        // When
        var served = given().queryParam("format", "yaml").get("/q/openapi").asString();
        if (REFRESH) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, served);
        }
        // Then
        assertThat(Files.readString(COMMITTED))
                .as("run mvn -pl sync-orchestrator test -Dtest=OpenApiTest -Dopenapi.refresh and commit")
                .isEqualTo(served);
    }
}
