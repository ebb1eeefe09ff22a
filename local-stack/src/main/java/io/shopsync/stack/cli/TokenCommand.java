package io.shopsync.stack.cli;

import io.shopsync.contracts.ShopId;
import io.shopsync.stack.StackException;
import io.shopsync.stack.token.TokenSigner;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dev token}. */
@Command(
        name = "token",
        description = {
            "Print a bearer token.",
            "Example: curl -H \"Authorization: Bearer $(./dev token admin)\" http://127.0.0.1:8081/api/v1/shops"
        })
final class TokenCommand implements Callable<Integer> {

    private static final Set<String> ROLES = Set.of("admin", "operator", "auditor", "owner");
    private static final String OWNER = "owner";

    @Parameters(paramLabel = "ROLE", description = "admin, operator, auditor or owner")
    private String role;

    @Option(names = "--shop", paramLabel = "ID", description = "a shop that the owner owns; may be repeated")
    private List<String> shops = List.of();

    @Option(names = "--name", description = "who the bearer is, as the ledger will show it")
    private String name;

    @Option(names = "--hours", defaultValue = "12", description = "how long it is valid (${DEFAULT-VALUE})")
    private int hours;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!ROLES.contains(role)) {
            throw new StackException("there is no role " + role + ", only admin, operator, auditor and owner");
        }
        if (role.equals(OWNER) == shops.isEmpty()) {
            throw new StackException(
                    "--shop ID says what an owner owns: " + (shops.isEmpty() ? "name one" : "other roles own none"));
        }
        var keys = StackContext.fromEnvironment().home().secrets().jwtKeys();
        var bearer = name == null ? "local-" + role : name;
        spec.commandLine().getOut().println(new TokenSigner(keys).sign(bearer, role, owned(), Duration.ofHours(hours)));
        return 0;
    }

    private List<ShopId> owned() {
        try {
            return shops.stream().map(ShopId::new).toList();
        } catch (IllegalArgumentException e) {
            throw new StackException(e.getMessage());
        }
    }
}
