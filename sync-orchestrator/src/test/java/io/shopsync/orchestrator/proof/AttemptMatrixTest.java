package io.shopsync.orchestrator.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.couchdb.user.PasswordKey;
import io.shopsync.couchdb.user.UserDocument;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.proof.matrix.Attempt;
import io.shopsync.orchestrator.proof.matrix.Attempts;
import io.shopsync.orchestrator.proof.matrix.Cell;
import io.shopsync.orchestrator.proof.matrix.Login;
import io.shopsync.orchestrator.proof.matrix.Matrix;
import io.shopsync.orchestrator.proof.matrix.Target;
import io.shopsync.orchestrator.proof.matrix.Who;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.orchestrator.security.Guard;
import io.shopsync.stack.testing.CouchResource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every path to a shop's data, each by everyone who may try it, against whatever CouchDB the tests run on. */
@OrchestratorTest
class AttemptMatrixTest {

    private static final DatabaseName SALES = new DatabaseName("sales");
    private static final String QUARANTINE = "shopsync_quarantine";

    private static Stage stage;
    private static Matrix matrix;
    private static ShopId shop;
    private static Map<Who, Login> logins;

    @BeforeAll
    static void open() {
        stage = new Stage();
        // It is made with the first document that needs it; until then there is nothing to be refused at.
        stage.couch().database(QUARANTINE).create(1);
        matrix = new Matrix(CouchResource.address().url());
        shop = ready(Shops.fresh());
        logins = logins(shop, ready(Shops.fresh()));
    }

    @AfterAll
    static void close() {
        matrix.close();
        stage.close();
    }

    static Stream<Attempt> attempts() {
        return Stream.of(Attempts.READING, Attempts.SMUGGLING, Attempts.CHANGING, Attempts.SERVER)
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void letsInWhoBelongsAndNobodyElse(Attempt attempt) {
        // When
        var cells = matrix.run(List.of(attempt), logins, target(shop), _ -> {});
        // Then
        assertThat(cells).hasSize(Who.values().length).allMatch(Cell::asExpected);
    }

    @Test
    void leavesARefusedDatabaseAsItWas() {
        // Given
        var quiet = ready(Shops.fresh());
        var database = stage.couch().database(SALES.of(quiet).physicalName());
        var security = database.security();
        var before = database.info();
        // When everything that lasts is tried by those who should be refused
        var strangers = new EnumMap<>(logins(quiet, shop));
        List.of(Who.OWN_SYNC, Who.OWN_ADMIN, Who.ROLE_HOLDER).forEach(strangers::remove);
        matrix.run(attempts().toList(), strangers, target(quiet), _ -> {});
        // Then
        assertThat(database.security()).isEqualTo(security);
        assertThat(database.info().documents()).isEqualTo(before.documents());
        assertThat(database.info().deleted()).isEqualTo(before.deleted());
        assertThat(database.local().page("", 10)).isEmpty();
    }

    @Test
    void seesThatADatabaseIsOpen() {
        // Given
        var open = ready(Shops.fresh());
        stage.couch().database(SALES.of(open).physicalName()).putSecurity(SecurityDocument.EMPTY);
        // When
        var cells = matrix.run(Attempts.READING, logins(open, shop), target(open), _ -> {});
        // Then by any login: a server may refuse whoever has none, whatever _security says
        assertThat(cells)
                .filteredOn(cell -> cell.who() == Who.OTHER_SHOP)
                .isNotEmpty()
                .allMatch(Cell::isBreach);
    }

    /** Names made to be taken for one another. */
    static Stream<List<String>> confusingNames() {
        var name = Shops.fresh().value();
        var longest = "x-".repeat(39) + "x";
        return Stream.of(
                List.of(name, name + "-b"),
                List.of(name + "-sales", name + "-sales2"),
                List.of(name + "0", name + "00"),
                List.of(name + "-sync", name + "-sync-sync"),
                List.of(longest, longest.substring(0, ShopId.MAX_LENGTH - 2)));
    }

    @ParameterizedTest
    @MethodSource("confusingNames")
    void tellsShopsApartWhoseNamesAreAlike(List<String> names) {
        // Given
        var one = ready(new ShopId(names.get(0)));
        var other = ready(new ShopId(names.get(1)));
        // When
        var cells = Stream.concat(tried(one, logins(one, other)).stream(), tried(other, logins(other, one)).stream())
                .toList();
        // Then
        assertThat(cells).isNotEmpty().allMatch(Cell::asExpected);
    }

    private static List<Cell> tried(ShopId shop, Map<Who, Login> logins) {
        var reading = matrix.run(Attempts.READING, logins, target(shop), _ -> {});
        var smuggling = matrix.run(Attempts.SMUGGLING, logins, target(shop), _ -> {});
        return Stream.concat(reading.stream(), smuggling.stream()).toList();
    }

    private static ShopId ready(ShopId shop) {
        return stage.ready(Shops.created(shop));
    }

    private static Target target(ShopId shop) {
        var database = SALES.of(shop).physicalName();
        var guard = stage.couch()
                .database(database)
                .documents()
                .get(Guard.ID)
                .orElseThrow()
                .path("_rev")
                .asText();
        return new Target(shop, database, true, "intruders-document", guard, QUARANTINE);
    }

    private static Map<Who, Login> logins(ShopId shop, ShopId other) {
        return new EnumMap<>(Map.of(
                Who.OWN_SYNC, Login.of(shop.syncLogin(), Shops.password(shop, "first")),
                Who.OWN_ADMIN, Login.of(shop.adminLogin(), Shops.password(shop, "first")),
                Who.ROLE_HOLDER, roleHolder(shop),
                Who.OTHER_SHOP, Login.of(other.syncLogin(), Shops.password(other, "first")),
                Who.ANONYMOUS, Login.NOBODY,
                Who.WRONG_PASSWORD, Login.of(roleHolder(shop).name().orElseThrow(), "wrong")));
    }

    /** Each a login of its own: wrong passwords lock one out. */
    private static Login roleHolder(ShopId shop) {
        var name = "holder-" + Shops.fresh();
        stage.couch()
                .users()
                .put(UserDocument.create(
                        name, Set.of(shop.role()), PasswordKey.derive("right".toCharArray(), "5a17", 10)));
        return Login.of(name, "right");
    }
}
