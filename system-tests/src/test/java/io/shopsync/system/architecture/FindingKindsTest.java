package io.shopsync.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.shopsync.contracts.isolation.FindingKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The catalogue of findings promises nothing that is never raised. */
class FindingKindsTest {

    private static final JavaClasses ALL = Modules.allClasses();
    private static final Path TESTS = Modules.ORCHESTRATOR.sources().resolveSibling("../test/java");

    @ParameterizedTest
    @EnumSource
    void isRaisedByTheOrchestrator(FindingKind kind) {
        assertThat(ALL.stream()
                        .filter(type -> type.getPackageName().startsWith("io.shopsync.orchestrator"))
                        // The table that a switch over the kinds compiles to names all of them.
                        .filter(type -> !type.isAnonymousClass())
                        .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                        .map(access -> access.getTarget()))
                .as("%s is in the catalogue, and no code names it", kind)
                .anyMatch(field -> field.getOwner().isEquivalentTo(FindingKind.class)
                        && field.getName().equals(kind.name()));
    }

    @ParameterizedTest
    @EnumSource
    void hasATestThatSeesItRaised(FindingKind kind) throws IOException {
        try (var files = Files.walk(TESTS.normalize())) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")).flatMap(FindingKindsTest::lines))
                    .as("%s is in the catalogue, and no test of the orchestrator expects it", kind)
                    .anyMatch(line -> line.contains("FindingKind." + kind.name()));
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
