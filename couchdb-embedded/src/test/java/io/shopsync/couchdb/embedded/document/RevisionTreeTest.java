package io.shopsync.couchdb.embedded.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RevisionTreeTest {
    private static final int TREES = 200;

    static LongStream seeds() {
        long seed = System.nanoTime();
        return LongStream.range(seed, seed + TREES);
    }

    /** A revision with its ancestors, and what it is. */
    private record Edit(History history, boolean deleted) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesOnWinnerConflictsAndLeavesWhateverTheOrderOfMerges(long seed) {
        // Given
        Random random = new Random(seed);
        List<Edit> edits = randomEdits(random);
        RevisionTree reference = merge(edits);
        // When
        Collections.shuffle(edits, random);
        edits.addAll(edits.subList(0, random.nextInt(edits.size())));
        RevisionTree shuffled = merge(edits);
        // Then
        assertThat(shuffled.winner()).isEqualTo(reference.winner());
        assertThat(shuffled.ranked()).isEqualTo(reference.ranked());
        assertThat(shuffled.leaves()).isEqualTo(reference.leaves());
        assertThat(shuffled).isEqualTo(reference);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isTheSameWhetherMergedAsOneOrAsTwoHalves(long seed) {
        // Given
        Random random = new Random(seed);
        List<Edit> edits = randomEdits(random);
        int half = random.nextInt(edits.size() + 1);
        RevisionTree left = merge(edits.subList(0, half));
        // When
        RevisionTree both = left;
        for (Edit edit : edits.subList(half, edits.size())) {
            both = both.merge(
                    edit.history(), edit.deleted(), body(edit.history().newest()));
        }
        // Then
        assertThat(both).isEqualTo(merge(edits));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyLeafIsLivingBeforeDeletedAndHighBeforeLowInItsRank(long seed) {
        // Given
        RevisionTree tree = merge(randomEdits(new Random(seed)));
        // When
        List<Revision> ranked = tree.ranked();
        // Then
        assertThat(ranked).containsExactlyInAnyOrderElementsOf(tree.leaves());
        for (int i = 1; i < ranked.size(); i++) {
            boolean before = tree.get(ranked.get(i - 1)).orElseThrow().deleted();
            boolean after = tree.get(ranked.get(i)).orElseThrow().deleted();
            assertThat(before && !after).isFalse();
            if (before == after) {
                assertThat(ranked.get(i - 1)).isGreaterThan(ranked.get(i));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsEveryLeafWhenStemmed(long seed) {
        // Given
        RevisionTree tree = merge(randomEdits(new Random(seed)));
        // When
        RevisionTree stemmed = tree.stem(2);
        // Then
        assertThat(stemmed.ranked()).isEqualTo(tree.ranked());
        assertThat(stemmed.leaves())
                .allSatisfy(leaf -> assertThat(stemmed.history(leaf).ids())
                        .hasSizeLessThanOrEqualTo(tree.history(leaf).ids().size()));
    }

    @Test
    void growsFromALeafAndBranchesFromAnAncestor() {
        // Given
        RevisionTree tree = RevisionTree.EMPTY.merge(history("2-b", "1-a"), false, 1);
        // Then
        assertThat(tree.isExtendedBy(history("3-c", "2-b"))).isTrue();
        assertThat(tree.isExtendedBy(history("2-c", "1-a"))).as("a branch").isFalse();
        assertThat(tree.isExtendedBy(history("1-z"))).as("another root").isFalse();
        assertThat(tree.isExtendedBy(history("2-b", "1-a"))).as("known").isFalse();
        assertThat(tree.isExtendedBy(history("1-a"))).as("an ancestor").isFalse();
        assertThat(RevisionTree.EMPTY.isExtendedBy(history("7-c", "6-b"))).isTrue();
    }

    @Test
    void aLivingLeafWinsOverAHigherTombstone() {
        // Given
        RevisionTree tree =
                RevisionTree.EMPTY.merge(history("2-b", "1-a"), false, 1).merge(history("5-x", "4-y"), true, 2);
        // Then
        assertThat(tree.winner()).hasToString("2-b");
        assertThat(tree.isDeleted()).isFalse();
        assertThat(tree.ranked()).extracting(Revision::toString).containsExactly("2-b", "5-x");
    }

    @Test
    void joinsABranchOnceItsAncestorIsSeen() {
        // Given
        RevisionTree tree = RevisionTree.EMPTY.merge(history("1-a"), false, 1).merge(history("3-c"), false, 3);
        assertThat(tree.leaves()).hasSize(2);
        // When
        RevisionTree joined = tree.merge(history("3-c", "2-b", "1-a"), false, 3);
        // Then
        assertThat(joined.leaves()).extracting(Revision::toString).containsExactly("3-c");
        assertThat(joined.history(Revision.parse("3-c")).ids()).containsExactly("c", "b", "a");
    }

    @Test
    void purgingALeafTakesWhatOnlyLedToIt() {
        // Given
        RevisionTree tree =
                RevisionTree.EMPTY.merge(history("3-c", "2-b", "1-a"), false, 1).merge(history("2-z", "1-a"), false, 2);
        // When
        RevisionTree purged = tree.without(Set.of(Revision.parse("3-c")));
        // Then
        assertThat(purged.all().keySet()).extracting(Revision::toString).containsExactly("1-a", "2-z");
        assertThat(purged.without(Set.of(Revision.parse("2-z"))).isEmpty()).isTrue();
    }

    private static RevisionTree merge(List<Edit> edits) {
        RevisionTree tree = RevisionTree.EMPTY;
        for (Edit edit : edits) {
            tree = tree.merge(
                    edit.history(), edit.deleted(), body(edit.history().newest()));
        }
        return tree;
    }

    /** Histories as replicas would send them: some whole, some cut, some of ancestors. */
    private static List<Edit> randomEdits(Random random) {
        List<History> known = new ArrayList<>();
        List<Edit> edits = new ArrayList<>();
        int size = 1 + random.nextInt(12);
        for (int i = 0; i < size; i++) {
            boolean root = known.isEmpty() || random.nextInt(6) == 0;
            History parent = root ? History.NONE : known.get(random.nextInt(known.size()));
            History history = parent.followedBy("%c%d".formatted('a' + random.nextInt(26), i));
            known.add(history);
            int kept = 1 + random.nextInt(history.ids().size());
            History sent = new History(history.generation(), history.ids().subList(0, kept));
            edits.add(new Edit(sent, Math.floorMod(history.newest().hashCode(), 4) == 0));
        }
        return edits;
    }

    private static long body(Revision revision) {
        return 1 + Integer.toUnsignedLong(revision.hashCode());
    }

    private static History history(String... revisions) {
        return new History(
                Revision.parse(revisions[0]).generation(),
                List.of(revisions).stream()
                        .map(text -> Revision.parse(text).id())
                        .toList());
    }
}
