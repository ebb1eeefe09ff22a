package io.shopsync.stack.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.stack.Addresses;
import io.shopsync.stack.Service;
import io.shopsync.stack.Services;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./dev status}: exit code 0 where everything is up, 1 where something is not. */
@Command(
        name = "status",
        description = {
            "Show what is up and where.",
            "Exit code 0 where everything is up and ready, 1 where something is not."
        })
final class StatusCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Option(names = "--json", description = "for scripts")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        var context = StackContext.fromEnvironment();
        var addresses = context.infrastructure().addresses();
        var status = status(context, addresses);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(status));
        } else {
            table(status, out);
        }
        return status.get("up").asBoolean() ? 0 : 1;
    }

    private static ObjectNode status(StackContext context, Optional<Addresses> addresses) {
        var status = JSON.createObjectNode();
        var services = status.putObject("services");
        var pids = status.putObject("pids");
        var ready = status.putObject("ready");
        boolean up = addresses.isPresent();
        for (var service : Service.values()) {
            services.put(
                    service.shortName(), "http://127.0.0.1:" + context.ports().of(service));
            var process = Services.daemon(context.home(), service).living();
            process.ifPresent(living -> pids.put(service.shortName(), living.pid()));
            boolean isReady = process.isPresent()
                    && addresses.isPresent()
                    && context.services(addresses.get()).isReady(service);
            ready.put(service.shortName(), isReady);
            up &= isReady;
        }
        addresses.ifPresent(found -> {
            status.put("kafka", found.kafka());
            status.put("postgres", found.postgres());
            status.putObject("couchdb")
                    .put("url", found.couchdb().toString())
                    .put("kind", found.couchdbKind().name().toLowerCase(Locale.ROOT))
                    .put("admin", found.couchdbAdmin());
        });
        context.infrastructure().daemon().living().ifPresent(living -> pids.put("infrastructure", living.pid()));
        status.put("home", context.home().folder().toString());
        status.put("up", up);
        return status;
    }

    private static void table(ObjectNode status, PrintWriter out) {
        for (var service : Service.values()) {
            var name = service.shortName();
            var pid = status.at("/pids/" + name);
            var state = pid.isMissingNode()
                    ? "down"
                    : status.at("/ready/" + name).asBoolean() ? "ready" : "up, not ready: see ./dev logs " + name;
            line(out, service.module(), status.at("/services/" + name).asText(), state, pid.asText());
        }
        var pid = status.at("/pids/infrastructure").asText();
        var state = status.has("kafka") ? "up" : "down";
        line(out, "Kafka", status.path("kafka").asText(), state, pid);
        line(out, "Postgres", status.path("postgres").asText(), state, pid);
        var couchdb = status.path("couchdb");
        line(
                out,
                "CouchDB (" + couchdb.path("kind").asText("-") + ")",
                couchdb.path("url").asText(),
                state,
                pid);
        out.println("  data, logs, secrets: " + status.get("home").asText());
    }

    private static void line(PrintWriter out, String what, String where, String state, String pid) {
        out.printf("  %-22s %-26s %-8s %s%n", what, where, state, pid.isEmpty() ? "" : "process " + pid);
    }
}
