package io.shopsync.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.provisioning.ServiceTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@ServiceTest
class OpenApiDocumentTest {

    /** Run with {@code -Dopenapi.refresh=true} to write the document anew. */
    private static final boolean REFRESH = Boolean.getBoolean("openapi.refresh");

    private static final Path COMMITTED = Path.of("../docs/openapi/provisioning-service.yaml");

    @Test
    void isTheOneThatIsCommitted() throws IOException {
        // Given
        var current = OpenApiDocument.yaml();
        // When
        if (REFRESH) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, current);
        }
        // Then
        assertThat(Files.readString(COMMITTED))
                .as("refresh with -Dtest=OpenApiDocumentTest -Dopenapi.refresh=true")
                .isEqualTo(current);
    }
}
