package io.shopsync.orchestrator.attempts;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * A refusal that concerns a shop's isolation.
 *
 * @param shop whose it is to know
 * @param who and what belongs to one burst
 * @param method of HTTP; empty where it is not known
 */
record Attempt(ShopId shop, Key who, Optional<String> method, Instant time) {

    /** Stands for a login where the request named none. */
    static final String ANONYMOUS = "anonymous";

    /** Stands for everything else when there is too much to tell apart. */
    private static final String SEVERAL = "several";

    /** The same where there are too many to tell apart. */
    Attempt amongSeveral() {
        return new Attempt(IsolationEvent.NOBODY, new Key(who.kind(), SEVERAL, SEVERAL, SEVERAL), method, time);
    }

    /** The same where the shop is none of ours. */
    Attempt aboutNobody() {
        return new Attempt(IsolationEvent.NOBODY, who, method, time);
    }

    /**
     * What refusals of one burst have in common.
     *
     * @param login proven, except for {@link FindingKind#UNPROVEN_ATTEMPT}
     * @param target physical name of the database
     * @param address where it came from
     */
    record Key(FindingKind kind, String login, String target, String address) {}
}
