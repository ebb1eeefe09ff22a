package io.shopsync.provisioning.account;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An account, without what it logs in with. */
@Schema(name = "Account")
record AccountView(String name, List<String> roles, List<String> shops, Instant createdAt) {

    static AccountView of(AccountEntity account) {
        return new AccountView(account.name, account.roles(), account.shops(), account.createdAt);
    }
}
