package io.shopsync.audit;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.Tokens;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every bad input gets a 4xx that says what is wrong. */
@AuditTest
class BadInputTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/events?shop=A_B                                 | 400 | invalid-request | shop:
            /api/v1/events?shop=                                    | 400 | invalid-request | shop:
            /api/v1/events?shop=x                                   | 400 | invalid-request | shop:
            /api/v1/events?shop=a%00b                               | 400 | invalid-request | shop:
            /api/v1/events?type=                                    | 400 | invalid-request | type:
            /api/v1/events?type=%27%3Bdrop                          | 400 | invalid-request | type:
            /api/v1/events?type=a%00b                               | 400 | invalid-request | type:
            /api/v1/events?from=yesterday                           | 400 | invalid-request | from:
            /api/v1/events?from=2026-01-01                          | 400 | invalid-request | from:
            /api/v1/events?from=2026-13-01T00:00:00Z                | 400 | invalid-request | from:
            /api/v1/events?to=%2B999999999-12-31T23:59:59Z          | 400 | invalid-request | to:
            /api/v1/events?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z | 400 | invalid-request | to:
            /api/v1/events?limit=0                                  | 400 | invalid-request | limit:
            /api/v1/events?limit=-1                                 | 400 | invalid-request | limit:
            /api/v1/events?limit=10001                              | 400 | invalid-request | limit:
            /api/v1/events?limit=99999999999                        | 400 | invalid-request | limit:
            /api/v1/events?limit=ten                                | 400 | invalid-request | limit:
            /api/v1/events?limit=                                   | 400 | invalid-request | limit:
            /api/v1/events?order=newest                             | 400 | invalid-request | order:
            /api/v1/events?order=ASC                                | 400 | invalid-request | order:
            /api/v1/events?cursor=                                  | 400 | invalid-request | cursor:
            /api/v1/events?cursor=!!!                               | 400 | invalid-cursor  | next
            /api/v1/events?cursor=bm9uc2Vuc2U                       | 400 | invalid-cursor  | next
            /api/v1/events?cursor=MQpub3QtYS11dWlk                  | 400 | invalid-cursor  | next
            /api/v1/events?cursor=OTIyMzM3MjAzNjg1NDc3NTgwNwowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA | 400 | invalid-cursor | next
            /api/v1/events?shops=acme                               | 400 | invalid-request | shops:
            /api/v1/events/42                                       | 400 | invalid-request | id:
            /api/v1/events/00000000-0000-4000-8000-000000000000     | 404 | not-found       | no such event
            /api/v1/findings?kind=                                  | 400 | invalid-request | kind:
            /api/v1/findings?kind=ISO%00                            | 400 | invalid-request | kind:
            /api/v1/findings?severity=BAD                           | 400 | invalid-request | severity:
            /api/v1/findings?severity=high                          | 400 | invalid-request | severity:
            /api/v1/findings?order=best                             | 400 | invalid-request | order:
            /api/v1/findings?order=worst&cursor=bm9uc2Vuc2U         | 400 | invalid-cursor  | next
            /api/v1/findings?order=worst&cursor=QkFECjEKMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw | 400 | invalid-cursor | next
            /api/v1/shops/A_B/timeline                              | 400 | invalid-request | id:
            /api/v1/shops/acme/timeline?type=x                      | 400 | invalid-request | type:
            /api/v1/shops/acme/samples?database=Sales               | 400 | invalid-request | database:
            /api/v1/shops/A_B/sync-metrics                          | 400 | invalid-request | id:
            /api/v1/shops/acme/sync-metrics?database=Sales          | 400 | invalid-request | database:
            /api/v1/shops/acme/sync-metrics?from=yesterday          | 400 | invalid-request | from:
            /api/v1/shops/acme/sync-metrics?from=2999-01-01T00:00:00Z | 400 | invalid-request | from:
            /api/v1/shops/acme/sync-metrics?step=                   | 400 | invalid-request | step:
            /api/v1/shops/acme/sync-metrics?step=fast               | 400 | invalid-request | step:
            /api/v1/shops/acme/sync-metrics?step=PT59S              | 400 | invalid-request | step:
            /api/v1/shops/acme/sync-metrics?step=PT60.5S            | 400 | invalid-request | step:
            /api/v1/shops/acme/sync-metrics?step=-PT5M              | 400 | invalid-request | step:
            /api/v1/shops/acme/sync-metrics?step=PT1M               | 400 | invalid-request | step:
            /api/v1/shops/acme/sync-metrics?shop=acme               | 400 | invalid-request | shop:
            /api/v1/reports/summary?from=2024-01-01T00:00:00Z&to=2026-01-01T00:00:00Z | 400 | invalid-request | from:
            /api/v1/reports/summary?from=2999-01-01T00:00:00Z       | 400 | invalid-request | from:
            /api/v1/nothing                                         | 404 | not-found       | nothing
            """)
    void saysWhatIsWrong(String path, int status, String code, String detail) {
        Api.get(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("status", equalTo(status))
                .body("detail", containsString(detail));
    }

    @ParameterizedTest
    @CsvSource({"POST", "PUT", "DELETE", "PATCH"})
    void changesNothingOverHttp(String method) {
        given().auth()
                .oauth2(Tokens.of(Roles.ADMIN))
                .when()
                .request(method, "/api/v1/events")
                .then()
                .statusCode(405)
                .body("code", equalTo("method-not-allowed"));
    }
}
