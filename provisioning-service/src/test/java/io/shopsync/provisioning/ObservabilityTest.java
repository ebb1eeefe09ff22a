package io.shopsync.provisioning;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.shopsync.provisioning.platform.MetricNames;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
class ObservabilityTest {

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started"})
    void saysThatItIsWellToAnyone(String check) {
        given().get("/q/health/" + check).then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void exposesEveryMetricThatItNames() {
        // Given
        var shop = Given.shop();
        Api.signUp(shop).then().statusCode(202);
        Api.asAdmin().post(Api.path(shop, "/suspend")).then().statusCode(202);
        Api.post(given(), "/api/v1/tokens", Map.of("name", "nobody", "password", "wrong"));
        // When Then
        await().untilAsserted(() -> {
            var exposed =
                    given().get("/q/metrics").then().statusCode(200).extract().asString();
            assertThat(Arrays.stream(MetricNames.class.getFields()).map(ObservabilityTest::value))
                    .allSatisfy(name -> assertThat(exposed).contains("\n" + name.replace('.', '_')));
            assertThat(exposed)
                    .contains("shopsync_signup_to_ready_seconds_bucket")
                    .contains("shopsync_signups_total{outcome=\"accepted\"}")
                    .doesNotContain(shop.value());
        });
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
