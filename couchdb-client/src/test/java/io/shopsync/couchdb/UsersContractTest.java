package io.shopsync.couchdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.couchdb.database.SecurityDocument.Group;
import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.couchdb.user.PasswordKey;
import io.shopsync.couchdb.user.UserDocument;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UsersContractTest {

    @RegisterExtension
    static final CouchUnderTest COUCH = new CouchUnderTest();

    @Test
    void letsALoginInWhoseKeyTheClientDerived() {
        // Given
        var user = user("s3cret");
        // When
        var outcomes = COUCH.server().users().putAll(List.of(user));
        // Then
        assertThat(outcomes).singleElement().isInstanceOf(WriteOutcome.Stored.class);
        assertThat(as(user, "s3cret").session().user().name()).hasValue(user.name());
        assertThat(as(user, "s3cret").session().user().roles()).containsExactly("staff");
        assertThatExceptionOfType(CouchException.Unauthorized.class)
                .isThrownBy(() -> as(user, "wrong").session())
                .satisfies(e -> {
                    assertThat(e.credentialsRefused()).isTrue();
                    assertThat(e.getMessage()).doesNotContain("wrong");
                });
        remove(user);
    }

    @Test
    void asksBySessionInsteadOfPassword() {
        // Given
        var user = user("pw");
        COUCH.server().users().put(user);
        // When
        var session = COUCH.server().logIn(user.name(), "pw");
        // Then
        assertThat(session.session().user().name()).hasValue(user.name());
        assertThat(session.toString()).doesNotContain("AuthSession");
        assertThatExceptionOfType(CouchException.Unauthorized.class)
                .isThrownBy(() -> COUCH.server().logIn(user.name(), "wrong"))
                .satisfies(e -> assertThat(e.credentialsRefused()).isTrue());
        remove(user);
    }

    @Test
    void tellsALackingRightFromAWrongPassword() {
        // Given
        var user = user("pw");
        var database = COUCH.database();
        COUCH.server().users().put(user);
        database.putSecurity(new SecurityDocument(Group.NOBODY, new Group(Set.of("somebody"), Set.of())));
        var login = as(user, "pw");
        // Then
        assertThatExceptionOfType(CouchException.Forbidden.class)
                .isThrownBy(() -> login.database(database.name()).info())
                .satisfies(e -> assertThat(e.accountLocked()).isFalse());
        assertThatExceptionOfType(CouchException.Unauthorized.class)
                .isThrownBy(() -> login.databaseInfos(List.of(database.name())))
                .satisfies(e -> assertThat(e.credentialsRefused()).isFalse());
        remove(user);
    }

    @Test
    void readsManyLoginsAndLeavesOutThoseThatAreMissing() {
        // Given
        var user = user("pw");
        COUCH.server().users().put(user);
        // When
        var found = COUCH.server().users().get(List.of(user.name(), "nobody-" + COUCH.unique()));
        // Then
        assertThat(found).containsOnlyKeys(user.name());
        assertThat(found.get(user.name()).key()).isEqualTo(user.key());
        assertThat(found.get(user.name()).rev()).isPresent();
        remove(user);
    }

    @Test
    void derivesTheKeyThatCouchDbDerives() {
        // Recorded: the key of "client-made" with the salt "c0ffee", as a real server accepts it.
        assertThat(PasswordKey.derive("client-made".toCharArray(), "c0ffee", 1000)
                        .derivedKey())
                .isEqualTo("63baa183b07fcc0574ea2589bd0326b234fcc543b94542f430e02d6b4c94cc8c");
    }

    @Test
    void showsNoSecret() {
        // Given
        var key = PasswordKey.derive("pw".toCharArray(), "5a17", 10);
        var user = UserDocument.create("u", Set.of(), key);
        // Then
        assertThat(user.toString() + key + Map.of("k", key)).doesNotContain(key.derivedKey(), key.salt());
        assertThat(CouchOptions.of("http://me:p%40ss@localhost:5984/").toString())
                .contains("me")
                .doesNotContain("p@ss", "p%40ss", "bWU6cEBzcw==");
    }

    private static UserDocument user(String password) {
        return UserDocument.create(
                "client-" + COUCH.unique(), Set.of("staff"), PasswordKey.derive(password.toCharArray(), "c0ffee", 10));
    }

    private static CouchServer as(UserDocument user, String password) {
        return COUCH.server().as(Credentials.basic(user.name(), password));
    }

    private static void remove(UserDocument user) {
        var users = COUCH.server().users();
        users.get(user.name()).flatMap(UserDocument::rev).ifPresent(rev -> users.delete(user.name(), rev));
    }
}
