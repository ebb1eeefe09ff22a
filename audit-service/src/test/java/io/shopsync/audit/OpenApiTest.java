package io.shopsync.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

@AuditTest
class OpenApiTest {

    /** Set to write the document instead of comparing it. */
    private static final String REFRESH = "openapi.refresh";

    @Test
    void isCommittedAsItIsServed() throws IOException {
        // When
        var served = given().get("/q/openapi?format=yaml")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        if (System.getProperty(REFRESH) != null) {
            Files.createDirectories(OpenApiDocument.FILE.getParent());
            Files.writeString(OpenApiDocument.FILE, served);
        }
        // Then
        assertThat(OpenApiDocument.committed().text())
                .as("docs/openapi/audit-service.yaml; run this test with -D%s to bring it up to date", REFRESH)
                .isEqualTo(served);
        assertThat(OpenApiDocument.committed().paths()).isNotEmpty();
    }
}
