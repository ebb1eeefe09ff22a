package io.shopsync.provisioning.account;

import io.shopsync.platform.Caller;
import io.shopsync.platform.Page;
import io.shopsync.platform.Roles;
import io.shopsync.provisioning.platform.PageParams;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Accounts over HTTP, for administrators. */
@Path(AccountResource.ROOT)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Accounts")
public class AccountResource {

    static final String ROOT = "/api/v1/accounts";

    private final Accounts accounts;
    private final Caller caller;

    AccountResource(Accounts accounts, Caller caller) {
        this.accounts = accounts;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createAccount", summary = "Makes an account with roles and, for an owner, shops")
    @APIResponse(responseCode = "201", description = "The account")
    @APIResponse(responseCode = "409", description = "`conflict`: the name is taken")
    public RestResponse<AccountView> create(@NotNull @Valid AccountRequest request) {
        var account = accounts.create(request, caller.name());
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, account)
                .location(URI.create(ROOT + '/' + account.name()))
                .build();
    }

    @GET
    @Operation(operationId = "listAccounts", summary = "Accounts in the order of their names")
    @APIResponse(responseCode = "200", description = "A page of accounts")
    public Page<AccountView> list(@BeanParam @Valid PageParams page) {
        return accounts.page(page.cursor(), page.limit());
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "getAccount", summary = "An account")
    @APIResponse(responseCode = "200", description = "The account")
    @APIResponse(responseCode = "404", description = "`not-found`")
    public AccountView get(
            @PathParam("name") @Pattern(regexp = AccountRequest.NAME, message = AccountRequest.NAME_RULE) String name) {
        return accounts.require(name);
    }

    @DELETE
    @Path("/{name}")
    @Operation(
            operationId = "deleteAccount",
            summary = "Removes an account",
            description = "Tokens that it has got stay valid until they expire.")
    @APIResponse(responseCode = "204", description = "The account is gone")
    @APIResponse(responseCode = "404", description = "`not-found`")
    public void delete(
            @PathParam("name") @Pattern(regexp = AccountRequest.NAME, message = AccountRequest.NAME_RULE) String name) {
        accounts.delete(name, caller.name());
    }
}
