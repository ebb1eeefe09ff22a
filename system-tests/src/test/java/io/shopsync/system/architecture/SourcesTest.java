package io.shopsync.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SourcesTest {

    /** 150 lines is the aim; at this it is time to think. */
    private static final int LONGEST = 300;

    @Test
    void everyPackageSaysWhatItIsFor() {
        var silent = sources()
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")));
        assertThat(silent).as("packages without a package-info.java").isEmpty();
    }

    @Test
    void everyFileCanBeReadInOneSitting() {
        var tooLong = sources().filter(file -> lines(file) > LONGEST);
        assertThat(tooLong).as("files of more than %d lines", LONGEST).isEmpty();
    }

    private static Stream<Path> sources() {
        return Arrays.stream(Modules.values())
                .map(Modules::sources)
                .filter(Files::isDirectory)
                .flatMap(SourcesTest::javaFiles);
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
