package org.mxhooks.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What waits for the writer: how much memory it takes, and for how long its sender waits. */
class AppendQueueTest {

    private static final int ROOM = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - TIMEOUT.toNanos() / 2);
    private final Deadlines deadlines = new Deadlines(TIMEOUT, nanoTime::get);
    private final AppendQueue queue = new AppendQueue(ROOM, deadlines);

    @Test
    void aSenderIsAnsweredInTimeAndItsMemoryIsFreeOnlyWhenTheWriterIsDone() throws Exception {
        CompletionStage<Receipt> waiting = add(ROOM - 10);
        List<PendingAppend> group = take(512, ROOM);
        assertThat(reason(add(100))).startsWith("too many");

        pass(TIMEOUT.minusNanos(1));
        assertThat(waiting.toCompletableFuture()).isNotDone();
        pass(Duration.ofNanos(1));
        assertThat(reason(waiting)).isEqualTo("storage is slow");
        assertThat(reason(add(100))).startsWith("too many");

        group.get(0).end(new Receipt.Unavailable("in vain"));
        group.get(0).end(new Receipt.Unavailable("twice"));
        assertThat(reason(waiting)).isEqualTo("storage is slow");
        assertThat(add(ROOM - 10).toCompletableFuture()).isNotDone();
        assertThat(reason(add(100))).startsWith("too many");
    }

    @Test
    void aCheckIsAnsweredInTime() {
        CompletableFuture<Boolean> check = queue.addCheck().toCompletableFuture();

        pass(TIMEOUT);

        assertThat(check).isCompletedWithValue(false);
    }

    @Test
    void whatIsAnsweredIsForgotten() {
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Boolean> check = new CompletableFuture<>();
            deadlines.add(check, false);
            check.complete(true);
        }
        deadlines.add(new CompletableFuture<>(), false);

        pass(Duration.ZERO);

        assertThat(deadlines.size()).isEqualTo(1);
    }

    @Test
    void aGroupIsLimitedByNumberAndByBytesButHasOne() throws Exception {
        for (int bytes : new int[] {300, 100, 100, 100, 1, 2}) {
            add(bytes);
        }

        assertThat(take(512, 200)).hasSize(1);
        assertThat(take(512, 200)).hasSize(2);
        assertThat(take(2, 200)).hasSize(2);
        assertThat(take(2, 200)).hasSize(1);
    }

    private CompletionStage<Receipt> add(int bytes) {
        return queue.add(LogRow.of(Arrivals.withHeaders(Arrivals.of("default", 1, new byte[bytes]), "")));
    }

    private List<PendingAppend> take(int max, int maxBytes) throws InterruptedException {
        List<PendingAppend> group = new ArrayList<>();
        queue.take(group, max, maxBytes);
        return group;
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
        deadlines.sweep();
    }

    private static String reason(CompletionStage<Receipt> stage) {
        assertThat(stage.toCompletableFuture()).isCompleted();
        return ((Receipt.Unavailable) stage.toCompletableFuture().join()).reason();
    }
}
