package io.shopsync.orchestrator.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent;
import io.shopsync.orchestrator.attempts.Sighting.LockedOut;
import io.shopsync.orchestrator.attempts.Sighting.Refused;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");
    private static final String ADDRESS = "203.0.113.7";

    private final Judge judge = new Judge(Set.of("control-plane"));

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # proven login,     claimed login,    database,          kind
            shop_acme_sync,     -,                shop_globex_sales, CROSS_SHOP_ATTEMPT
            shop_acme_admin,    -,                shop_globex_sales, CROSS_SHOP_ATTEMPT
            shop_aa-b_sync,     -,                shop_aa_sales,     CROSS_SHOP_ATTEMPT
            somebody,           -,                shop_globex_sales, CROSS_SHOP_ATTEMPT
            -,                  shop_acme_sync,   shop_globex_sales, UNPROVEN_ATTEMPT
            -,                  -,                shop_globex_sales, UNPROVEN_ATTEMPT
            """)
    void takesWhatIsNotTheShopsOwnForAnAttempt(String login, String claimed, String database, FindingKind kind) {
        var who = login != null ? login : claimed != null ? claimed : "anonymous";
        assertThat(judge.judge(refused(login, claimed, database)))
                .contains(new Attempt(
                        ShopDatabase.parse(database).orElseThrow().shop(),
                        new Attempt.Key(kind, who, database, ADDRESS),
                        Optional.of("GET"),
                        NOW));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # what the guard refuses a shop, what only a server admin may, and a wrong password at one's own door
            shop_acme_sync,                    -,              shop_acme_sales
            shop_acme_admin,                   -,              shop_acme_sales
            -,                                 shop_acme_sync, shop_acme_sales
            # server admins are refused by guards alone, and checks of isolation are ours
            control-plane,                     -,              shop_acme_sales
            shop_globex_check-1f-acme,         -,              shop_acme_sales
            shopsync-check-1f-stranger-acme,   -,              shop_acme_sales
            # no database of a shop
            shop_acme_sync,                    -,              _users
            shop_acme_sync,                    -,              shop_a_b_sales
            -,                                 -,              shop_ACME_sales
            """)
    void passesOverTheRest(String login, String claimed, String database) {
        assertThat(judge.judge(refused(login, claimed, database))).isEmpty();
    }

    @Test
    void tellsTheShopOfALoginThatItIsLockedOut() {
        assertThat(judge.judge(new LockedOut(NOW, "shop_acme_sync", ADDRESS)))
                .map(Attempt::shop)
                .contains(new ShopId("acme"));
        assertThat(judge.judge(new LockedOut(NOW, "admin", ADDRESS)))
                .map(Attempt::shop)
                .contains(IsolationEvent.NOBODY);
    }

    private static Refused refused(String login, String claimed, String database) {
        return new Refused(NOW, Optional.ofNullable(login), Optional.ofNullable(claimed), ADDRESS, "GET", database);
    }
}
