package io.shopsync.platform;

import io.shopsync.contracts.ShopId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who sent the present request, as its token says. */
@RequestScoped
public class Caller {

    /** The claim that names an owner's shops, an array of shop ids. */
    public static final String SHOPS_CLAIM = "shops";

    private final JsonWebToken token;

    Caller(JsonWebToken token) {
        this.token = token;
    }

    /** The caller's name: the actor of what they ask for. */
    public String name() {
        return token.getName();
    }

    /** Whether the caller holds the role. */
    public boolean is(String role) {
        return token.getGroups() != null && token.getGroups().contains(role);
    }

    /** The shops the caller may see; empty where the caller may see all of them. */
    public Optional<Set<ShopId>> visibleShops() {
        return seesAllShops() ? Optional.empty() : Optional.of(ownShops());
    }

    /**
     * Ends the request unless the caller may see the shop. It does not tell whether the shop exists.
     *
     * @throws ProblemException {@link ProblemCode#SHOP_NOT_YOURS}
     */
    public void requireAccessTo(ShopId shop) {
        if (!seesAllShops() && !ownShops().contains(shop)) {
            throw new ProblemException(
                    ProblemCode.SHOP_NOT_YOURS, "The token's '" + SHOPS_CLAIM + "' claim does not name " + shop + ".");
        }
    }

    private boolean seesAllShops() {
        return is(Roles.ADMIN) || is(Roles.OPERATOR) || is(Roles.AUDITOR);
    }

    private Set<ShopId> ownShops() {
        // A name that is no shop id gives access to nothing; the provider may use the claim for others too.
        return namesInClaim().map(ShopId::parse).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<String> namesInClaim() {
        Object claim = token.getClaim(SHOPS_CLAIM);
        return switch (claim) {
            case null -> Stream.empty();
            case JsonArray array -> array.getValuesAs(JsonString.class).stream().map(JsonString::getString);
            case Collection<?> names -> names.stream().map(Object::toString);
            default -> Stream.of(claim.toString());
        };
    }
}
