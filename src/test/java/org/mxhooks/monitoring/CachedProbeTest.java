package org.mxhooks.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CachedProbeTest {

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void aResultIsValidForASecondAndThenProbedAgain() {
        CachedProbe<Integer> probe = new CachedProbe<>(() -> CompletableFuture.completedStage(runs.incrementAndGet()));

        assertThat(probe.result()).hasValue(1);
        await().until(() -> probe.result().orElseThrow() == 2);
    }

    @Test
    void aHungProbeRunsOnceHoweverManyCallersWait() {
        CompletableFuture<String> late = new CompletableFuture<>();
        CachedProbe<String> probe = new CachedProbe<>(() -> run(late));

        List<Optional<String>> results =
                IntStream.range(0, 50).parallel().mapToObj(i -> probe.result()).toList();
        assertThat(results).hasSize(50).containsOnly(Optional.empty());
        assertThat(runs).hasValue(1);

        late.complete("at last");
        List<String> all = new ArrayList<>();
        probe.result().ifPresent(all::add);
        assertThat(all).containsExactly("at last");
    }

    @Test
    void aFailedProbeHasNoResult() {
        CachedProbe<String> probe = CachedProbe.onThread(Executors.defaultThreadFactory(), () -> {
            throw new IllegalStateException("unreachable");
        });

        assertThat(probe.result()).isEmpty();
    }

    @Test
    void aProbeRunsOnAnotherThread() {
        CachedProbe<String> probe = CachedProbe.onThread(
                Executors.defaultThreadFactory(), () -> Thread.currentThread().getName());

        assertThat(probe.result().orElseThrow())
                .isNotEqualTo(Thread.currentThread().getName());
    }

    private CompletionStage<String> run(CompletionStage<String> result) {
        runs.incrementAndGet();
        return result;
    }
}
