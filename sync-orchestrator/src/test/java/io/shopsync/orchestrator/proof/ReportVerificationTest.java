package io.shopsync.orchestrator.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.Tokens;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor verifies a report by the runbook: its own commands, with OpenSSL and the published key alone. */
@OrchestratorTest
class ReportVerificationTest {

    private static final Path RUNBOOK = Path.of("../docs/runbooks/proving-isolation.md");
    private static final Pattern COMMANDS = Pattern.compile("## Verify a report.*?```sh\n(.*?)```", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void theRunbooksCommandsVerifyAReportAndRefuseOneThatWasChanged() throws Exception {
        assumeThat(List.of("openssl", "jq", "curl", "base64"))
                .allMatch(ReportVerificationTest::isInstalled, "is installed");
        // Given
        String shop;
        try (var stage = new Stage()) {
            shop = stage.ready(Shops.created(Shops.fresh())).value();
        }
        var report = report(shop);
        // When
        var verified = runbookOn(report);
        // Then
        assertThat(verified).contains("Verified OK", shop, "\"verdict\": \"ISOLATED\"");
        // And when a word of it is changed
        var middle = report.indexOf('.') + 100;
        var other = report.charAt(middle) == 'A' ? 'B' : 'A';
        var refused = runbookOn(report.substring(0, middle) + other + report.substring(middle + 1));
        // Then
        assertThat(refused).contains("Verification failure").doesNotContain("Verified OK");
    }

    private static String report(String shop) {
        String id = as(Roles.OPERATOR)
                .post("/api/v1/shops/" + shop + "/isolation-check")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        var check = "/api/v1/isolation-checks/" + id;
        await().atMost(PATIENCE)
                .untilAsserted(() -> as(Roles.AUDITOR).get(check).then().body("state", equalTo("DONE")));
        return as(Roles.AUDITOR)
                .get(check + "/report.jws")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    /** What the commands say on both of their outputs. */
    private String runbookOn(String report) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("report.jws"), report);
        var commands = COMMANDS.matcher(Files.readString(RUNBOOK));
        assertThat(commands.find()).as("the runbook's commands").isTrue();
        var shell = new ProcessBuilder("sh", "-c", commands.group(1))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        shell.environment().put("ORCHESTRATOR", "http://localhost:" + RestAssured.port + "/api/v1");
        var process = shell.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static boolean isInstalled(String program) {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(Tokens.of(role));
    }
}
