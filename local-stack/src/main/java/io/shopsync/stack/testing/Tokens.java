package io.shopsync.stack.testing;

import io.shopsync.contracts.ShopId;
import io.shopsync.stack.token.JwtKeys;
import io.shopsync.stack.token.TokenSigner;
import java.time.Duration;
import java.util.Arrays;

/** Bearer tokens that an application under {@link JwtResource} accepts. */
public final class Tokens {

    private static final Duration LIFE = Duration.ofHours(1);

    private Tokens() {}

    /** A token for the user {@code test-{role}}; {@code shops} are what an owner owns. */
    public static String of(String role, ShopId... shops) {
        return named("test-" + role, role, LIFE, shops);
    }

    /** A token of somebody in particular; a negative {@code life} makes an expired one. */
    public static String named(String name, String role, Duration life, ShopId... shops) {
        return new TokenSigner(keys()).sign(name, role, Arrays.asList(shops), life);
    }

    /** A token that no application accepts: signed by a stranger. */
    public static String forged(String role, ShopId... shops) {
        return new TokenSigner(JwtKeys.generate()).sign("stranger", role, Arrays.asList(shops), LIFE);
    }

    static JwtKeys keys() {
        var pair = Shared.once("jwt", () -> {
            var keys = JwtKeys.generate();
            return keys.privatePem() + '|' + keys.publicPem();
        });
        int middle = pair.indexOf('|');
        return JwtKeys.parse(pair.substring(0, middle), pair.substring(middle + 1));
    }
}
