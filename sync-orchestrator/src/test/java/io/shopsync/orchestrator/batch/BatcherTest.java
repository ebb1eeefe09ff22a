package io.shopsync.orchestrator.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatcherTest {

    private static final int MOST = 10;

    private final List<List<Integer>> calls = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstCallMayEnd = new CountDownLatch(1);

    @Test
    void whatGathersDuringACallTravelsInTheNext() throws Exception {
        // Given
        var batcher = new Batcher<Integer, String>("test", MOST, _ -> false, this::slowFirstCall);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> batcher.submit(0));
            await().until(() -> calls.size() == 1);
            // When
            var others = IntStream.rangeClosed(1, 5)
                    .mapToObj(i -> threads.submit(() -> batcher.submit(i)))
                    .toList();
            await().until(() -> batcher.waiting() == 5);
            firstCallMayEnd.countDown();
            // Then
            assertThat(first.get()).isEqualTo("0");
            for (int i = 0; i < others.size(); i++) {
                assertThat(others.get(i).get()).isEqualTo(String.valueOf(i + 1));
            }
            assertThat(calls).hasSize(2);
        }
    }

    @Test
    void noCallIsLargerThanTheLimit() throws Exception {
        // Given
        var batcher = new Batcher<Integer, String>("test", MOST, _ -> false, this::record);
        // When
        var answers = inParallel(IntStream.range(0, 200)
                .<Callable<String>>mapToObj(i -> () -> batcher.submit(i))
                .toList());
        // Then
        for (int i = 0; i < 200; i++) {
            assertThat(answers.get(i).get()).isEqualTo(String.valueOf(i));
        }
        assertThat(calls).allSatisfy(call -> assertThat(call).hasSizeLessThanOrEqualTo(MOST));
    }

    @Test
    void answersSeveralItemsOfOneCallerInOrderOverSeveralCalls() {
        // Given
        var batcher = new Batcher<Integer, String>("test", MOST, _ -> false, this::record);
        // When
        var answers = batcher.submitAll(IntStream.range(0, 25).boxed().toList());
        // Then
        assertThat(answers)
                .isEqualTo(IntStream.range(0, 25).mapToObj(String::valueOf).toList());
        assertThat(calls).extracting(List::size).containsExactly(10, 10, 5);
    }

    @Test
    void oneItemAtFaultFailsAloneAndItsNeighboursSucceed() throws Exception {
        // Given
        var batcher =
                new Batcher<Integer, String>("test", MOST, IllegalArgumentException.class::isInstance, this::refuse7);
        // When
        var answers = inParallel(IntStream.range(0, 10)
                .<Callable<String>>mapToObj(i -> () -> batcher.submit(i))
                .toList());
        // Then
        for (int i = 0; i < 10; i++) {
            var answer = answers.get(i);
            if (i == 7) {
                assertThatThrownBy(answer::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .hasMessage("7");
            } else {
                assertThat(answer.get()).isEqualTo(String.valueOf(i));
            }
        }
    }

    @Test
    void aFailureThatConcernsEveryoneIsNotRepeated() {
        // Given
        var batcher = new Batcher<Integer, String>("test", MOST, IllegalArgumentException.class::isInstance, items -> {
            calls.add(items);
            throw new IllegalStateException("away");
        });
        // When
        assertThatThrownBy(() -> batcher.submitAll(List.of(1, 2, 3))).hasMessage("away");
        // Then
        assertThat(calls).hasSize(1);
    }

    @Test
    void goesOnAfterAFailure() {
        // Given
        var batcher =
                new Batcher<Integer, String>("test", MOST, IllegalArgumentException.class::isInstance, this::refuse7);
        assertThatThrownBy(() -> batcher.submit(7)).isInstanceOf(IllegalArgumentException.class);
        // When
        var answer = batcher.submit(8);
        // Then
        assertThat(answer).isEqualTo("8");
    }

    @Test
    void aCallThatForgetsAnAnswerIsAnErrorForAll() {
        // Given
        var batcher = new Batcher<Integer, String>("test", MOST, _ -> false, _ -> List.of("one"));
        // Then
        assertThatThrownBy(() -> batcher.submitAll(List.of(1, 2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1 answers to 2 items");
    }

    private List<String> record(List<Integer> items) {
        calls.add(items);
        return items.stream().map(String::valueOf).toList();
    }

    private List<String> slowFirstCall(List<Integer> items) {
        var answers = record(items);
        if (calls.size() == 1) {
            try {
                firstCallMayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return answers;
    }

    private List<String> refuse7(List<Integer> items) {
        if (items.contains(7)) {
            throw new IllegalArgumentException("7");
        }
        return record(items);
    }

    private static <T> List<Future<T>> inParallel(List<Callable<T>> tasks) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(tasks);
        }
    }
}
