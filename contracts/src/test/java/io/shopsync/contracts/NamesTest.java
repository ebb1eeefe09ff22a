package io.shopsync.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    private static final String LONGEST = "a" + "-b".repeat(39);

    @ParameterizedTest
    @ValueSource(strings = {"ab", "a1", "11", "a-b", "acme-berlin-2"})
    void takesShopIds(String id) {
        assertThat(new ShopId(id).value()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "-a", "a-", "a--b", "a_b", "A", "Ab", "a.b", "a b", "ä1", "ab\n", "../x"})
    void refusesOthers(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ShopId(id));
        assertThat(ShopId.parse(id)).isEmpty();
    }

    @Test
    void boundsTheLengthOfAShopId() {
        assertThat(new ShopId(LONGEST).value()).hasSize(ShopId.MAX_LENGTH);
        assertThat(ShopId.parse(LONGEST + "c")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "_users", "a_b", "a-", "sales/2026", "Sales"})
    void refusesDatabaseNames(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new DatabaseName(name));
    }

    /** CouchDB takes names of 238 characters at most. */
    @Test
    void fitsTheLongestNamesIntoCouchDb() {
        var longest = new DatabaseName("a" + "-b".repeat(29)).of(new ShopId(LONGEST));
        assertThat(longest.physicalName().length()).isLessThanOrEqualTo(238);
    }

    @Test
    void readsAPhysicalNameBackInOneWayOnly() {
        // Given names made to confuse: prefixes of each other, hyphens where an underscore could be
        var seed = System.nanoTime();
        var random = new Random(seed);
        var seen = new HashMap<String, ShopDatabase>();
        IntStream.range(0, 20_000).forEach(i -> {
            var database = new ShopDatabase(new ShopId(word(random, 2)), new DatabaseName(word(random, 1)));
            // When
            var other = seen.put(database.physicalName(), database);
            // Then
            assertThat(ShopDatabase.parse(database.physicalName()))
                    .as("seed %d", seed)
                    .contains(database);
            assertThat(other == null || other.equals(database))
                    .as("seed %d: %s is both", seed, database)
                    .isTrue();
        });
    }

    private static String word(Random random, int atLeast) {
        var word = new StringBuilder("a");
        var length = atLeast + random.nextInt(4);
        while (word.length() < length) {
            word.append(random.nextInt(3) == 0 ? "-" : "").append(random.nextBoolean() ? 'a' : 'b');
        }
        return word.toString();
    }
}
