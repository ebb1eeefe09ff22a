package io.shopsync.stack.cli;

import io.shopsync.stack.Service;
import io.shopsync.stack.Services;
import io.shopsync.stack.api.ShopSyncApi;
import io.shopsync.stack.demo.Demo;
import io.shopsync.stack.till.TillProgram;
import io.shopsync.stack.token.TokenSigner;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./dev demo}. */
@Command(
        name = "demo",
        description = {
            "Start everything and watch three shops sign up and sync.",
            "It may be repeated, and leaves everything up."
        })
final class DemoCommand implements Callable<Integer> {

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(15);

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var context = StackContext.fromEnvironment();
        var services = UpCommand.bringUp(context, out);
        var token = new TokenSigner(context.home().secrets().jwtKeys()).sign("demo", "admin", List.of(), LONG_ENOUGH);
        try (var api = new ShopSyncApi(services::baseUrl, () -> token)) {
            var till = TillProgram.in(context.repository());
            boolean refusalsAreRead =
                    context.infrastructure().addresses().orElseThrow().couchdbLog() != null;
            new Demo(api, till, context.home().data("demo-tills"), refusalsAreRead, out).run();
        }
        farewell(services, out);
        return 0;
    }

    private static void farewell(Services services, PrintWriter out) {
        var shops = services.baseUrl(Service.PROVISIONING) + "/api/v1/shops";
        var shop = Demo.shopIds().getFirst();
        out.println();
        out.println("Everything is left up. Go on with:");
        out.println("  TOKEN=$(./dev token admin)");
        out.println("  curl -H \"Authorization: Bearer $TOKEN\" " + shops);
        out.println("  curl -H \"Authorization: Bearer $TOKEN\" " + shops + '/' + shop + "/connection");
        out.println("  curl -H \"Authorization: Bearer $TOKEN\" -H 'Accept: text/plain' "
                + services.baseUrl(Service.AUDIT) + "/api/v1/shops/" + shop + "/timeline");
        for (var service : Service.values()) {
            out.println("  " + services.baseUrl(service) + "/q/openapi   the API of the " + service.module());
        }
        out.println("./dev status shows what is up, ./dev down ends it.");
        out.flush();
    }
}
