package io.shopsync.provisioning.command;

import io.shopsync.contracts.ShopId;
import io.shopsync.provisioning.shop.ShopStatus;
import io.shopsync.provisioning.shop.ShopsSettled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/** The commands, in the caller's transaction. */
@ApplicationScoped
class CommandStore {

    private static final String FINISH = """
            update Command set outcome = :outcome, finishedAt = :at
            where shopId in :shops and outcome = CommandOutcome.PENDING
            """;

    private final StatelessSession session;

    CommandStore(StatelessSession session) {
        this.session = session;
    }

    void insert(CommandEntity command) {
        session.insert(command);
    }

    Optional<CommandEntity> find(ShopId shop, UUID id) {
        return Optional.ofNullable(session.get(CommandEntity.class, id))
                .filter(command -> command.shopId.equals(shop.value()));
    }

    /** The last command of a kind that a shop was given. */
    Optional<CommandEntity> latest(ShopId shop, CommandKind kind) {
        return session.createSelectionQuery(
                        "from Command where shopId = :shop and kind = :kind order by requestedAt desc limit 1",
                        CommandEntity.class)
                .setParameter("shop", shop.value())
                .setParameter("kind", kind)
                .uniqueResultOptional();
    }

    /** A settled shop has nothing pending: what was asked before its present wish is in it, or was overtaken by it. */
    void finish(@Observes ShopsSettled settled) {
        var byOutcome = settled.shops().entrySet().stream()
                .collect(Collectors.groupingBy(
                        shop -> outcome(shop.getValue()),
                        Collectors.mapping(shop -> shop.getKey().value(), Collectors.toList())));
        byOutcome.forEach((outcome, shops) -> session.createMutationQuery(FINISH)
                .setParameter("outcome", outcome)
                .setParameter("at", settled.at())
                .setParameter("shops", shops)
                .executeUpdate());
    }

    private static CommandOutcome outcome(ShopStatus status) {
        return status == ShopStatus.FAILED ? CommandOutcome.FAILED : CommandOutcome.DONE;
    }
}
