package io.shopsync.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A dashboard over a metric that nobody emits is empty for ever, and an alert over one never fires. */
class MetricNamesTest {

    private static final String OURS = "shopsync_";

    /** The name of a metric in the code, which is a text of its own there. */
    private static final Pattern IN_CODE = Pattern.compile("\"(shopsync(?:\\.[a-z]+)+)\"");

    /** What Prometheus' names of counters, timers and histograms have at their end. */
    private static final Pattern SUFFIX = Pattern.compile("(_total|(_seconds)?(_bucket|_count|_sum|_max)?)$");

    @Test
    void everyMetricOfOursInAlertsAndDashboardsIsNamedInTheCode() throws IOException {
        // Given
        var named = named();
        // When
        var asked = Stream.concat(Alerts.expressions().stream(), Dashboards.expressions().stream())
                .flatMap(expression -> PromQl.metrics(expression).stream())
                .filter(name -> name.startsWith(OURS))
                .collect(Collectors.toCollection(TreeSet::new));
        // Then
        assertThat(asked).hasSizeGreaterThan(20);
        asked.removeIf(name -> named.contains(name) || named.contains(withoutSuffix(name)));
        assertThat(asked).as("metrics that nothing emits").isEmpty();
    }

    private static String withoutSuffix(String name) {
        return SUFFIX.matcher(name).replaceFirst("");
    }

    private static Set<String> named() throws IOException {
        try (var modules = Files.list(Repository.ROOT)) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(MetricNamesTest::files)
                    .filter(file -> file.toString().endsWith(".java"))
                    .flatMap(MetricNamesTest::texts)
                    .map(text -> text.replace('.', '_'))
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> texts(Path file) {
        try {
            var found = IN_CODE.matcher(Files.readString(file)).results();
            return found.map(MetricNamesTest::text).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(MatchResult found) {
        return found.group(1);
    }
}
