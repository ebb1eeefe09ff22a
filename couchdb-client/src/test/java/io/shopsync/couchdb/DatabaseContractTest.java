package io.shopsync.couchdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.shopsync.couchdb.database.CreateOutcome;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.couchdb.database.SecurityDocument.Group;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseContractTest {

    @RegisterExtension
    static final CouchUnderTest COUCH = new CouchUnderTest();

    @Test
    void saysWhetherItMadeADatabaseOrFoundIt() {
        // Given
        var database = COUCH.absentDatabase();
        // When
        var first = database.create(1);
        var second = database.create(1);
        // Then
        assertThat(first).isEqualTo(CreateOutcome.CREATED);
        assertThat(second).isEqualTo(CreateOutcome.EXISTED);
        assertThat(database.info().name()).isEqualTo(database.name());
        assertThat(database.info().cluster().q()).isEqualTo(1);
    }

    @Test
    void saysWhetherItDeletedADatabaseOrFoundNone() {
        // Given
        var database = COUCH.database();
        // When
        var first = database.delete();
        var second = database.delete();
        // Then
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(database.exists()).isFalse();
    }

    @Test
    void limitsTheRevisionsThatADatabaseKeeps() {
        // Given
        var database = COUCH.database();
        var before = database.revisionsLimit();
        // When
        database.putRevisionsLimit(20);
        // Then
        assertThat(before).isEqualTo(1000);
        assertThat(database.revisionsLimit()).isEqualTo(20);
        assertThatExceptionOfType(CouchException.NotFound.class)
                .isThrownBy(() -> COUCH.absentDatabase().revisionsLimit());
    }

    @Test
    void refusesAnIllegalName() {
        assertThatExceptionOfType(CouchException.BadRequest.class)
                .isThrownBy(() -> COUCH.server().database("Not_a_name").create(1))
                .satisfies(e -> assertThat(e.error()).isEqualTo("illegal_database_name"));
    }

    @Test
    void givesTheFiguresOfManyDatabasesAndLeavesOutThoseThatAreMissing() {
        // Given
        var here = COUCH.database();
        var gone = COUCH.absentDatabase();
        var names = new ArrayList<String>();
        names.add(here.name());
        names.add(gone.name());
        IntStream.range(0, CouchServer.DATABASES_PER_INFO)
                .mapToObj(n -> "client-nothing-" + n)
                .forEach(names::add);
        // When
        var infos = COUCH.server().databaseInfos(names);
        // Then
        assertThat(infos).containsOnlyKeys(here.name());
        assertThat(infos.get(here.name()).updateSeq()).isNotEmpty();
        assertThat(infos.get(here.name()).instanceStartTime()).isNotEmpty();
    }

    @Test
    void listsDatabasesByPrefix() {
        // Given
        var database = COUCH.database();
        // When
        var found = COUCH.server().databases(database.name());
        // Then
        assertThat(found).containsExactly(database.name());
    }

    @Test
    void closesANewDatabaseToAllButServerAdmins() {
        // Given
        var database = COUCH.database();
        // When
        var security = database.security();
        // Then
        assertThat(security.open()).isFalse();
        assertThat(security.members().roles()).containsExactly("_admin");
    }

    @Test
    void keepsTheSecurityDocumentItWasGiven() {
        // Given
        var database = COUCH.database();
        var wanted = new SecurityDocument(
                new Group(Set.of(), Set.of("_admin")),
                new Group(Set.of("b", "a"), Set.of("r")),
                Map.of("note", Json.MAPPER.valueToTree("kept")));
        // When
        database.putSecurity(wanted);
        // Then
        assertThat(database.security()).isEqualTo(wanted);
    }

    @Test
    void tellsAMissingDatabaseFromAMissingDocument() {
        // Given
        var missing = COUCH.absentDatabase();
        // Then
        assertThat(COUCH.database().documents().get("nothing")).isEmpty();
        assertThatExceptionOfType(CouchException.NotFound.class)
                .isThrownBy(() -> missing.documents().get("nothing"))
                .satisfies(e -> assertThat(e.databaseMissing()).isTrue());
    }

    @Test
    void namesTheServer() {
        assertThat(COUCH.server().up()).isTrue();
        assertThat(COUCH.server().info().version()).matches("\\d+\\..+");
        assertThat(COUCH.server().session().user().roles()).contains("_admin");
    }
}
