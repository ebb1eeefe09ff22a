package io.shopsync.audit;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The service's HTTP as an auditor uses it. */
public final class Api {

    private Api() {}

    /** Gets a path as an auditor. */
    public static Response get(String path) {
        return get(path, Tokens.of(Roles.AUDITOR));
    }

    /** Gets a path with a token. */
    public static Response get(String path, String token) {
        return given().auth().oauth2(token).urlEncodingEnabled(false).when().get(path);
    }

    /** Gets a path as an auditor, in a media type. */
    public static Response getAs(String path, String mediaType) {
        return given().auth()
                .oauth2(Tokens.of(Roles.AUDITOR))
                .urlEncodingEnabled(false)
                .accept(mediaType)
                .when()
                .get(path);
    }

    /** The items of one page. */
    public static List<Map<String, Object>> items(String path) {
        return get(path).then().statusCode(200).extract().jsonPath().getList("items");
    }

    /** The items of all pages. {@code path} has a query already. */
    public static List<Map<String, Object>> allPages(String path) {
        var items = new ArrayList<Map<String, Object>>();
        String cursor = "";
        do {
            var page = get(path + cursor).then().statusCode(200).extract().jsonPath();
            items.addAll(page.getList("items"));
            cursor = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
        } while (cursor != null);
        return items;
    }
}
