package io.shopsync.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Says what is wrong with a body that is too large: the layer below would cut the connection without a word. A body
 * whose length is said beforehand is refused before it is read, any other one where it passes the limit.
 */
@Provider
@ApplicationScoped
class BodyLimit implements ReaderInterceptor {

    private final long limit;
    private final ObjectMapper json;
    private final CurrentVertxRequest current;

    BodyLimit(
            @ConfigProperty(name = "shopsync.http.max-body-size") MemorySize limit,
            ObjectMapper json,
            CurrentVertxRequest current) {
        this.limit = limit.asLongValue();
        this.json = json;
        this.current = current;
    }

    void install(@Observes Router router) {
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1).handler(this::check);
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        context.setInputStream(new BoundedBody(context.getInputStream(), limit));
        try {
            return context.proceed();
        } catch (BodyTooLargeException e) {
            hangUp(current.getCurrent());
            throw e;
        }
    }

    private void check(RoutingContext context) {
        var length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || Long.parseLong(length) <= limit) {
            context.next();
            return;
        }
        var problem = new BodyTooLargeException(limit).problem();
        hangUp(context);
        context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(text(problem));
    }

    /** What is still being sent is not read: the connection ends with the answer. */
    private static void hangUp(RoutingContext context) {
        if (context.request().version() != HttpVersion.HTTP_2) {
            context.response()
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .endHandler(_ -> context.request().connection().close());
        }
    }

    private String text(Problem problem) {
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }
}
