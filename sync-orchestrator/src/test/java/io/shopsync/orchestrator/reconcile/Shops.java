package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.LoginKey;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.couchdb.user.PasswordKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Shops to try things on. */
public final class Shops {

    /** Somebody else. */
    public static final ShopId OTHER = new ShopId("other");

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

    private Shops() {}

    /** A shop id that nobody had before. */
    public static ShopId fresh() {
        return ThreadLocalRandom.current()
                .ints(12, 0, ALPHABET.length())
                .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                .collect(Collectors.collectingAndThen(Collectors.joining(), text -> new ShopId("t" + text)));
    }

    /** The signup of a shop with the usual catalogue. */
    public static Envelope<ShopEvent.Created> created(ShopId shop) {
        return created(shop, DatabaseName.DEFAULT_CATALOGUE);
    }

    public static Envelope<ShopEvent.Created> created(ShopId shop, Set<DatabaseName> databases) {
        return fact(new ShopEvent.Created(shop, "The shop " + shop, databases, logins(shop, "first")));
    }

    /** A fact of now. */
    public static <E extends ShopEvent> Envelope<E> fact(E event) {
        return Envelope.of("/test", Instant.now(), event);
    }

    /** Both logins, with a password made from {@code secret}. */
    public static List<LoginKey> logins(ShopId shop, String secret) {
        return List.of(
                key(shop.syncLogin(), LoginKey.Kind.SYNC, password(shop, secret)),
                key(shop.adminLogin(), LoginKey.Kind.ADMIN, password(shop, secret)));
    }

    public static String password(ShopId shop, String secret) {
        return secret + " of " + shop;
    }

    public static Set<DatabaseName> databases(String... names) {
        return Arrays.stream(names).map(DatabaseName::new).collect(Collectors.toSet());
    }

    private static LoginKey key(String login, LoginKey.Kind kind, String password) {
        var key = PasswordKey.derive(password.toCharArray(), "5a17", 10);
        return new LoginKey(login, kind, key.prf(), key.iterations(), key.salt(), key.derivedKey());
    }
}
