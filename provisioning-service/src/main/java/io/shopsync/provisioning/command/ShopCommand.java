package io.shopsync.provisioning.command;

import io.shopsync.contracts.DatabaseName;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** What is asked of a shop. */
sealed interface ShopCommand {

    /** The command's name in the API and in metrics. */
    CommandKind kind();

    /** All that the command says, in one way only. */
    default String canonical() {
        return "";
    }

    /** Refuse the shop's logins, keep its data. */
    record Suspend(String reason) implements ShopCommand {
        @Override
        public CommandKind kind() {
            return CommandKind.SUSPEND;
        }

        @Override
        public String canonical() {
            return reason;
        }
    }

    /** Let the shop's tills sync again; try a shop again that failed. */
    record Resume() implements ShopCommand {
        @Override
        public CommandKind kind() {
            return CommandKind.RESUME;
        }
    }

    /** Let the shop's databases be exactly these. */
    record ChangeDatabases(Set<DatabaseName> databases) implements ShopCommand {
        public ChangeDatabases {
            databases = Set.copyOf(databases);
        }

        @Override
        public CommandKind kind() {
            return CommandKind.CHANGE_DATABASES;
        }

        @Override
        public String canonical() {
            return new TreeSet<>(databases).toString();
        }
    }

    /** Give each of the shop's logins a new password. */
    record RotateCredentials() implements ShopCommand {
        @Override
        public CommandKind kind() {
            return CommandKind.ROTATE_CREDENTIALS;
        }
    }

    /** Remove the shop's logins at once and its databases after {@code grace}. */
    record Delete(Duration grace) implements ShopCommand {
        @Override
        public CommandKind kind() {
            return CommandKind.DELETE;
        }

        @Override
        public String canonical() {
            return grace.toString();
        }
    }
}
