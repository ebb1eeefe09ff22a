package io.shopsync.orchestrator.attempts;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent;
import io.shopsync.orchestrator.attempts.Sighting.LockedOut;
import io.shopsync.orchestrator.attempts.Sighting.Refused;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says which refusals are attempts. What a shop is refused in its own databases is none, neither is a wrong password at
 * its own door: the lock-out tells of those that go on.
 */
final class Judge {

    private static final Pattern LOGIN = Pattern.compile("shop_(?<shop>" + ShopId.PATTERN + ")_(?:sync|admin)");
    /** Logins that isolation checks make for their own time; only a server admin can make a login. */
    private static final Pattern CHECK = Pattern.compile("shop_" + ShopId.PATTERN + "_check-.*|shopsync-check-.*");

    private static final String USERS = "_users";

    private final Set<String> ignored;

    /** @param ignored logins whose refusals are not reported: server admins are refused by guards alone */
    Judge(Set<String> ignored) {
        this.ignored = Set.copyOf(ignored);
    }

    Optional<Attempt> judge(Sighting sighting) {
        return switch (sighting) {
            case LockedOut locked when isOurs(locked.login()) -> Optional.empty();
            case LockedOut locked -> Optional.of(lockOut(locked));
            case Refused refused -> ShopDatabase.parse(refused.database()).flatMap(target -> refusal(refused, target));
        };
    }

    private static Attempt lockOut(LockedOut locked) {
        return new Attempt(
                owner(locked.login()).orElse(IsolationEvent.NOBODY),
                new Attempt.Key(FindingKind.LOGIN_LOCKED_OUT, locked.login(), USERS, locked.address()),
                Optional.empty(),
                locked.time());
    }

    private Optional<Attempt> refusal(Refused refused, ShopDatabase target) {
        var login = refused.login().or(refused::claimed);
        if (login.flatMap(Judge::owner).equals(Optional.of(target.shop()))
                || login.filter(this::isOurs).isPresent()) {
            return Optional.empty();
        }
        var kind = refused.login().isPresent() ? FindingKind.CROSS_SHOP_ATTEMPT : FindingKind.UNPROVEN_ATTEMPT;
        var key = new Attempt.Key(kind, login.orElse(Attempt.ANONYMOUS), target.physicalName(), refused.address());
        return Optional.of(new Attempt(target.shop(), key, Optional.of(refused.method()), refused.time()));
    }

    private boolean isOurs(String login) {
        return ignored.contains(login) || CHECK.matcher(login).matches();
    }

    private static Optional<ShopId> owner(String login) {
        var matcher = LOGIN.matcher(login);
        return matcher.matches() ? Optional.of(new ShopId(matcher.group("shop"))) : Optional.empty();
    }
}
