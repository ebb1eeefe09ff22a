package io.shopsync.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeTest {

    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{(?<name>[A-Z_]+)(?<rest>[^}]*)}");
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (?:--\\S+ )*(?<sources>.+) \\S+$");
    private static final Pattern SETTING = Pattern.compile("(?m)^(?<name>[A-Z_]+)=(?<value>.*)$");
    private static final Pattern USER = Pattern.compile("(?m)^USER (?<user>\\S+)$");

    private static final Node COMPOSE = Repository.yaml("docker-compose.yml");

    @Test
    void everyRequiredSecretIsInTheExampleAndMadeByNewEnv() throws IOException, InterruptedException {
        // Given
        var required =
                variables().filter(use -> use.group("rest").startsWith(":?")).map(use -> use.group("name"));
        // When
        var example = settings(Repository.text(".env.example"), "");
        var made = settings(Repository.run(List.of("sh", "deploy/new-env")), "");
        // Then
        assertThat(example).containsAll(required.collect(Collectors.toSet()));
        assertThat(made).as("left empty").containsExactly("EDGE_CORS_ORIGINS");
    }

    @Test
    void everyOtherVariableHasADefault() {
        assertThat(variables().filter(use -> use.group("rest").isEmpty()).map(use -> use.group("name")))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyFileThatIsMountedExists(String service) {
        assertThat(service(service)
                        .get("volumes")
                        .items()
                        .flatMap(mount -> mount.text().stream())
                        .filter(mount -> mount.startsWith("./")))
                .allSatisfy(mount ->
                        assertThat(Repository.file(mount.split(":", 2)[0])).exists());
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyVolumeNetworkAndDependencyIsDeclared(String service) {
        var volumes = service(service).get("volumes").items().flatMap(mount -> mount.text().stream());
        assertThat(volumes.filter(mount -> !mount.startsWith(".")).map(mount -> mount.split(":", 2)[0]))
                .isSubsetOf(COMPOSE.get("volumes").keys().toList());
        assertThat(service(service).get("networks").items().flatMap(name -> name.text().stream()))
                .isNotEmpty()
                .isSubsetOf(COMPOSE.get("networks").keys().toList());
        assertThat(service(service).get("depends_on").keys())
                .isSubsetOf(services().toList());
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyImageIsPinnedOrBuiltHere(String service) {
        var image = service(service).get("image").text().orElse("");
        if (built(service)) {
            assertThat(image).startsWith("shopsync/");
            assertThat(dockerfile(service)).exists();
        } else {
            assertThat(image).matches("[a-z/]+:v?\\d+[.\\d]*");
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void onlyTheEdgeCanBeReachedFromOtherMachinesUnlessSomebodySaysSo(String service) {
        var open = service(service)
                .get("ports")
                .items()
                .flatMap(port -> port.text().stream())
                .filter(port -> !port.startsWith("${LOCAL_BIND:-127.0.0.1}:"));
        assertThat(open).hasSize("edge".equals(service) ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy/service/Dockerfile", "deploy/couchdb/Dockerfile", "deploy/edge/Dockerfile"})
    void everyImageOfOursRunsAsAUserWithoutRights(String dockerfile) {
        var users = USER.matcher(Repository.text(dockerfile)).results().map(user -> user.group("user"));
        assertThat(users).isNotEmpty().doesNotContain("root", "0", "0:0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy/couchdb/Dockerfile", "deploy/edge/Dockerfile"})
    void everyFileThatAnImageCopiesExistsAndIsNotIgnored(String dockerfile) {
        var context = Repository.file(dockerfile).getParent();
        var sent = Repository.text(dockerfile.replace("Dockerfile", ".dockerignore"))
                .lines()
                .toList();
        assertThat(sources(dockerfile)).isNotEmpty().allSatisfy(source -> {
            assertThat(context.resolve(source)).exists();
            assertThat(sent).contains("!" + source);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"provisioning-service", "sync-orchestrator", "audit-service"})
    void aBuiltServiceHasTheLayersThatItsImageCopies(String module) {
        var application = Repository.file(module + "/target/quarkus-app");
        assumeTrue(Files.isDirectory(application), module + " is not built");
        var layers = sources("deploy/service/Dockerfile").stream()
                .map(source -> Path.of("target/quarkus-app")
                        .relativize(Path.of(source))
                        .toString())
                .toList();
        assertThat(layers)
                .allSatisfy(layer -> assertThat(application.resolve(layer)).exists());
        // Nothing that the program needs is left behind.
        assertThat(application.toFile().list())
                .filteredOn(file -> !"quarkus-app-dependencies.txt".equals(file))
                .isSubsetOf(layers);
    }

    private static boolean built(String service) {
        return service(service).get("build").value() != null;
    }

    private static Path dockerfile(String service) {
        var build = service(service).get("build");
        var context = build.text().or(() -> build.get("context").text()).orElseThrow();
        return Repository.file(context)
                .resolve(build.get("dockerfile").text().orElse("Dockerfile"))
                .normalize();
    }

    private static List<String> sources(String dockerfile) {
        return COPY.matcher(Repository.text(dockerfile))
                .results()
                .flatMap(copy -> Stream.of(copy.group("sources").split(" ")))
                .toList();
    }

    /** Names of the settings with that value. */
    private static Set<String> settings(String file, String value) {
        return SETTING.matcher(file)
                .results()
                .filter(setting -> setting.group("value").equals(value))
                .map(setting -> setting.group("name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<MatchResult> variables() {
        return VARIABLE.matcher(Repository.text("docker-compose.yml")).results();
    }

    private static Stream<String> services() {
        return COMPOSE.get("services").keys();
    }

    private static Node service(String name) {
        return COMPOSE.get("services").get(name);
    }
}
