package io.shopsync.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void comesBackAsItWasGiven() {
        // Given
        var cursor = Cursor.of("2026-11-23T10:00:00Z", 42, "äöü");
        // When
        var read = Cursor.decode(cursor.encode(), 3);
        // Then
        assertThat(read.parts()).containsExactly("2026-11-23T10:00:00Z", "42", "äöü");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "a", "%%%", "YQ", "gICA", "bm90IG91cnM"})
    void refusesWhatItDidNotGive(String encoded) {
        assertThatThrownBy(() -> Cursor.decode(encoded, 2))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.INVALID_CURSOR));
    }

    @Test
    void isGivenOnlyWhereThereIsMore() {
        assertThat(Page.of(List.of(1, 2), 2, Cursor::of).next()).isEmpty();
        assertThat(Page.of(List.of(1, 2, 3), 2, Cursor::of))
                .isEqualTo(new Page<>(List.of(1, 2), Optional.of(Cursor.of(2).encode())));
    }
}
