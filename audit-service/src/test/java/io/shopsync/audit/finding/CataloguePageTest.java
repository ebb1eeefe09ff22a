package io.shopsync.audit.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.contracts.isolation.FindingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CataloguePageTest {

    private static final Path PAGE = Path.of("../docs/findings.md");

    /** Set to write the page instead of comparing it. */
    private static final String REFRESH = "findings.refresh";

    @Test
    void isCommittedAsTheCatalogueHasIt() throws IOException {
        // When
        var current = page();
        if (System.getProperty(REFRESH) != null) {
            Files.writeString(PAGE, current);
        }
        // Then
        assertThat(PAGE)
                .as("run this test with -D%s to bring it up to date", REFRESH)
                .hasContent(current);
    }

    @Test
    void givesEachKindAnIdOfItsOwn() {
        assertThat(FindingKind.values())
                .extracting(FindingKind::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("ISO-\\d{3}"));
    }

    private static String page() {
        return """
                # Findings

                What can threaten a shop's isolation, and what to do about it. Ids are permanent. `GET /api/v1/findings` of the
                audit-service lists occurrences, `GET /api/v1/findings/catalogue` this page. An occurrence may be more severe than
                its kind, never less. Where its details say `place: standby`, it was found on the standby.

                <!-- Generated from FindingKind; CataloguePageTest says how. -->
                """
                + Arrays.stream(FindingKind.values())
                        .map(CatalogueEntry::of)
                        .map(CataloguePageTest::section)
                        .collect(Collectors.joining());
    }

    private static String section(CatalogueEntry kind) {
        return """

                ## %s: %s

                **Severity**: %s

                **What it means**: %s

                **What to do**: %s
                """.formatted(
                        kind.id(), words(kind.name()), words(kind.severity().name()), kind.meaning(), kind.advice());
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
