package io.shopsync.audit;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AuditTest
class ConsoleTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "console.js", "api.js", "rows.js", "console.css"})
    void isServedWithoutATokenAndLoadsNothingFromElsewhere(String file) {
        given().get("/console/" + file)
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .header("X-Content-Type-Options", "nosniff")
                .body(not(containsString("http")));
    }
}
