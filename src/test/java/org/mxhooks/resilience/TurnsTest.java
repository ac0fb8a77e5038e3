package org.mxhooks.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.resilience.Turns.Participant;
import org.mxhooks.resilience.Turns.TurnWork;

class TurnsTest {

    private static final int ALL_PERMITS = 16;

    private final AtomicLong now = new AtomicLong();
    private final Turns turns = new Turns(Thread::new, now::get);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() throws InterruptedException {
        end.countDown();
        turns.shutdown();
        assertThat(turns.awaitEnd(Duration.ofSeconds(30))).isTrue();
    }

    /** Has so many pieces of work, each of which hangs until the test ends. */
    private final class Hanging implements Turns.WorkSource {
        private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        private final AtomicInteger left = new AtomicInteger(100);

        @Override
        public Optional<TurnWork> next() {
            return left.getAndDecrement() > 0 ? Optional.of(work(this::hang)) : Optional.empty();
        }

        private void hang() {
            threads.add(Thread.currentThread());
            while (end.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
            left.set(0);
        }
    }

    private static TurnWork work(Runnable run) {
        return new TurnWork() {
            @Override
            public void run() {
                run.run();
            }

            @Override
            public void end() {}
        };
    }

    private void pass(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    private static void awaitThreads(Hanging source, int howMany) {
        await().untilAsserted(() -> assertThat(source.threads).hasSize(howMany));
    }

    @Test
    void aConsumerHasFourTurnsAtATime() {
        Hanging source = new Hanging();
        Participant participant = new Participant(source);

        turns.offer(participant);

        awaitThreads(source, 4);
        assertThat(turns.turns(participant)).isEqualTo(4);
    }

    @Test
    void turnsThatLastLeaveTheQuickPermitsToOthers() {
        Hanging first = new Hanging();
        Hanging second = new Hanging();
        Hanging third = new Hanging();
        turns.offer(new Participant(first));
        turns.offer(new Participant(second));
        awaitThreads(first, 4);
        awaitThreads(second, 4);
        turns.offer(new Participant(third));
        assertThat(third.threads).as("no quick permit is left").isEmpty();

        pass(Duration.ofSeconds(1));
        assertThat(turns.relieve()).as("nobody has to be given up").isEmpty();

        awaitThreads(third, 4);
        assertThat(first.threads).as("a slow consumer gets no more").hasSize(4);
    }

    @Test
    void oneOfThoseThatCostMostIsGivenUpWhenNoSlowPermitIsLeft() {
        List<Hanging> sources = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Hanging source = new Hanging();
            sources.add(source);
            turns.offer(new Participant(source));
            if (i % 2 == 1) {
                awaitThreads(sources.get(i - 1), 4);
                awaitThreads(source, 4);
                pass(Duration.ofSeconds(1));
                turns.relieve();
            }
        }
        Hanging waiting = new Hanging();
        turns.offer(new Participant(waiting));
        assertThat(sources.stream().mapToInt(source -> source.threads.size()).sum())
                .isEqualTo(ALL_PERMITS);
        assertThat(waiting.threads).isEmpty();
        assertThat(turns.relieve()).as("not before five seconds").isEmpty();

        pass(Duration.ofSeconds(4));
        List<Thread> costly = turns.relieve();

        assertThat(costly).isNotEmpty();
        assertThat(sources.subList(0, 2)).anyMatch(source -> source.threads.contains(costly.get(0)));
        turns.giveUp(costly.get(0));
        awaitThreads(waiting, 1);
    }

    @Test
    void aConsumerOfWhichEightCallsHangStandsStill() {
        Hanging source = new Hanging();
        Participant participant = new Participant(source);
        turns.offer(participant);
        awaitThreads(source, 4);

        for (int givenUp = 0; givenUp < 8; givenUp++) {
            int atLeast = givenUp + 1;
            await().until(() -> source.threads.size() >= atLeast);
            turns.giveUp(List.copyOf(source.threads).get(givenUp));
        }

        turns.offer(participant);
        assertThat(turns.turns(participant)).isLessThanOrEqualTo(1);
        assertThat(source.threads.size()).isLessThanOrEqualTo(9);
    }

    @Test
    void consumersAreServedInTurn() {
        Queue<String> served = new ConcurrentLinkedQueue<>();
        AtomicInteger busy = new AtomicInteger(50);
        Participant greedy = new Participant(
                () -> busy.getAndDecrement() > 0 ? Optional.of(work(() -> served.add("greedy"))) : Optional.empty());
        AtomicInteger modest = new AtomicInteger(1);
        Participant other = new Participant(
                () -> modest.getAndDecrement() > 0 ? Optional.of(work(() -> served.add("other"))) : Optional.empty());

        turns.offer(greedy);
        turns.offer(other);

        await().until(() -> served.size() == 51);
        assertThat(served).contains("other");
    }
}
