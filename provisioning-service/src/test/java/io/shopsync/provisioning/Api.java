package io.shopsync.provisioning;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.shopsync.contracts.ShopId;
import io.shopsync.platform.Roles;
import io.shopsync.stack.testing.Tokens;

/** The service's HTTP. */
public final class Api {

    public static final String SHOPS = "/api/v1/shops";

    private Api() {}

    /** A request with a token. */
    public static RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }

    public static RequestSpecification asAdmin() {
        return as(Tokens.of(Roles.ADMIN));
    }

    /** A request of a shop's owner. */
    public static RequestSpecification asOwner(ShopId... shops) {
        return as(Tokens.of(Roles.OWNER, shops));
    }

    /** A path below a shop's. */
    public static String path(ShopId shop, String... below) {
        return SHOPS + '/' + shop + String.join("", below);
    }

    /** Signs a shop up as its owner. */
    public static Response signUp(ShopId shop) {
        return post(asOwner(shop), SHOPS, Given.signup(shop));
    }

    public static Response post(RequestSpecification caller, String path, Object body) {
        return caller.contentType(ContentType.JSON).body(body).when().post(path);
    }

    public static Response get(ShopId shop, String... below) {
        return asAdmin().when().get(path(shop, below));
    }

    public static String status(ShopId shop) {
        return get(shop).then().statusCode(200).extract().path("status");
    }
}
