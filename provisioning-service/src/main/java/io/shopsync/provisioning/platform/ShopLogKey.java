package io.shopsync.provisioning.platform;

import io.shopsync.contracts.ShopId;
import io.shopsync.platform.LogKeys;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Names the shop in all log lines of a request whose path does. The request's end takes the key away with the rest. */
class ShopLogKey {

    @ServerRequestFilter
    public void name(ContainerRequestContext request) {
        var text = request.getUriInfo().getPathParameters().getFirst("shopId");
        if (text != null) {
            ShopId.parse(text).ifPresent(shop -> MDC.put(LogKeys.SHOP, shop.value()));
        }
    }
}
