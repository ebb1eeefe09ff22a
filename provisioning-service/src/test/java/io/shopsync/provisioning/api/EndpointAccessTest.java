package io.shopsync.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.shopsync.contracts.ShopId;
import io.shopsync.platform.Roles;
import io.shopsync.provisioning.Api;
import io.shopsync.provisioning.Given;
import io.shopsync.provisioning.ServiceTest;
import io.shopsync.provisioning.api.OpenApiDocument.Operation;
import io.shopsync.stack.testing.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every endpoint of the OpenAPI document is tried as everyone; one that the table does not know fails the test. */
@ServiceTest
class EndpointAccessTest {

    private static final Set<String> ADMINS = Set.of(Roles.ADMIN);
    private static final Set<String> ADMINS_AND_OWNER = Set.of(Roles.ADMIN, Roles.OWNER);
    private static final Set<String> ADMINS_AND_OPERATORS = Set.of(Roles.ADMIN, Roles.OPERATOR);
    private static final Set<String> ALL = Set.of(Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER);

    /** Who may use which endpoint; an owner is that of the shop. */
    private static final Map<String, Set<String>> MAY = Map.ofEntries(
            Map.entry("signUp", ADMINS_AND_OWNER),
            Map.entry("listShops", ALL),
            Map.entry("getShop", ALL),
            Map.entry("followShop", ALL),
            Map.entry("getConnection", ADMINS_AND_OWNER),
            Map.entry("suspendShop", ADMINS_AND_OPERATORS),
            Map.entry("resumeShop", ADMINS_AND_OPERATORS),
            Map.entry("changeDatabases", ADMINS_AND_OWNER),
            Map.entry("rotateCredentials", ADMINS_AND_OWNER),
            Map.entry("deleteShop", ADMINS_AND_OWNER),
            Map.entry("getCommand", ALL),
            Map.entry("createAccount", ADMINS),
            Map.entry("listAccounts", ADMINS),
            Map.entry("getAccount", ADMINS),
            Map.entry("deleteAccount", ADMINS));

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final Set<String> OPEN = Set.of("issueToken", "getJwks");

    /** A list shows an owner of another shop that owner's shops: it is not a shop's endpoint. */
    private static final Set<String> NOT_OF_A_SHOP = Set.of("listShops");

    enum Visitor {
        NOBODY,
        EXPIRED,
        FORGED,
        ADMIN,
        OPERATOR,
        AUDITOR,
        OWNER,
        OWNER_OF_ANOTHER_SHOP,
        OWNER_OF_NOTHING,
        NO_ROLE
    }

    @Test
    void knowsEveryEndpointThatThereIs() {
        assertThat(OpenApiDocument.operations())
                .extracting(Operation::id)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(MAY.keySet().stream(), OPEN.stream()).toList());
    }

    @ParameterizedTest
    @EnumSource(Visitor.class)
    void letsVisitorsInByTheirRole(Visitor visitor) throws Exception {
        var softly = new SoftAssertions();
        for (var operation : OpenApiDocument.operations()) {
            // Given
            var shop = Given.shop();
            if (!operation.id().equals("signUp")) {
                Api.signUp(shop).then().statusCode(202);
            }
            // When
            var status = call(operation, visitor, shop);
            // Then
            softly.assertThat(verdict(status))
                    .as("%s as %s: %d", operation.id(), visitor, status)
                    .isEqualTo(expected(operation.id(), visitor));
        }
        softly.assertAll();
    }

    private static Verdict expected(String operation, Visitor visitor) {
        if (OPEN.contains(operation)) {
            return Verdict.IN;
        }
        return switch (visitor) {
            case NOBODY, EXPIRED, FORGED -> Verdict.UNAUTHENTICATED;
            case NO_ROLE -> Verdict.FORBIDDEN;
            case ADMIN -> Verdict.of(MAY.get(operation).contains(Roles.ADMIN));
            case OPERATOR -> Verdict.of(MAY.get(operation).contains(Roles.OPERATOR));
            case AUDITOR -> Verdict.of(MAY.get(operation).contains(Roles.AUDITOR));
            case OWNER -> Verdict.of(MAY.get(operation).contains(Roles.OWNER));
            case OWNER_OF_ANOTHER_SHOP, OWNER_OF_NOTHING -> Verdict.of(NOT_OF_A_SHOP.contains(operation));
        };
    }

    /** The status is all that is looked at: a stream of progress does not end by itself. */
    private static int call(Operation operation, Visitor visitor, ShopId shop) throws Exception {
        var path = operation
                .path()
                .replace("{shopId}", shop.value())
                .replace("{commandId}", UUID.randomUUID().toString())
                .replace("{name}", "nobody");
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Content-Type", "application/json")
                .method(
                        operation.method().toUpperCase(Locale.ROOT),
                        body(operation.id(), shop).map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        token(visitor, shop).ifPresent(token -> request.header("Authorization", "Bearer " + token));
        var answer = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    private static Optional<String> body(String operation, ShopId shop) {
        return switch (operation) {
            case "signUp" -> Optional.of("{\"shopId\":\"" + shop + "\",\"name\":\"A shop\"}");
            case "changeDatabases" -> Optional.of("{\"databases\":[\"sales\"]}");
            case "createAccount" ->
                Optional.of("{\"name\":\"user-" + shop
                        + "\",\"password\":\"correct horse battery\",\"roles\":[\"auditor\"]}");
            case "issueToken" -> Optional.of("{\"name\":\"admin\",\"password\":\"the first administrator\"}");
            default -> Optional.empty();
        };
    }

    private static Optional<String> token(Visitor visitor, ShopId shop) {
        return switch (visitor) {
            case NOBODY -> Optional.empty();
            case EXPIRED -> Optional.of(Tokens.named("late", Roles.ADMIN, Duration.ofHours(-1)));
            case FORGED -> Optional.of(Tokens.forged(Roles.ADMIN));
            case ADMIN -> Optional.of(Tokens.of(Roles.ADMIN));
            case OPERATOR -> Optional.of(Tokens.of(Roles.OPERATOR));
            case AUDITOR -> Optional.of(Tokens.of(Roles.AUDITOR));
            case OWNER -> Optional.of(Tokens.of(Roles.OWNER, shop));
            case OWNER_OF_ANOTHER_SHOP -> Optional.of(Tokens.of(Roles.OWNER, Given.shop()));
            case OWNER_OF_NOTHING -> Optional.of(Tokens.of(Roles.OWNER));
            case NO_ROLE -> Optional.of(Tokens.of("cashier"));
        };
    }

    private static Verdict verdict(int status) {
        return switch (status) {
            case 401 -> Verdict.UNAUTHENTICATED;
            case 403 -> Verdict.FORBIDDEN;
            default -> Verdict.IN;
        };
    }

    private enum Verdict {
        IN,
        FORBIDDEN,
        UNAUTHENTICATED;

        static Verdict of(boolean allowed) {
            return allowed ? IN : FORBIDDEN;
        }
    }
}
