package io.shopsync.provisioning.api;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;

/** The service's description of itself. */
final class OpenApiDocument {

    private OpenApiDocument() {}

    /** An endpoint that the document names. */
    record Operation(String id, String method, String path) {}

    static String yaml() {
        return given().accept("application/yaml")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    static List<Operation> operations() {
        var json = JsonPath.from(given().get("/q/openapi?format=json").asString());
        Map<String, Map<String, Map<String, Object>>> paths = json.getMap("paths");
        return paths.entrySet().stream()
                .flatMap(path -> path.getValue().entrySet().stream()
                        .filter(member ->
                                List.of("get", "put", "post", "delete", "patch").contains(member.getKey()))
                        .map(member -> new Operation(
                                (String) member.getValue().get("operationId"), member.getKey(), path.getKey())))
                .toList();
    }
}
