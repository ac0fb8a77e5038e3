package org.mxhooks.alarms;

import static java.util.concurrent.Executors.defaultThreadFactory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mxhooks.CapturedLog;
import org.mxhooks.event.OperatorAlert;
import org.mxhooks.event.OperatorAlert.Kind;
import org.mxhooks.observer.AlertCall;

/** That no observer of alarms keeps them from others. */
@Timeout(60)
class AnnouncerTest {

    private static final OperatorAlert ALARM =
            new OperatorAlert(Kind.DEAD_LETTERS, "one", Instant.EPOCH, Optional.empty(), "It has.", "See.");

    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> notified = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        end.countDown();
    }

    @Test
    void aFailingObserverLeavesTheOthersAlone() throws InterruptedException {
        Announcer announcer = announcer(Duration.ofMinutes(1), failing(), recording("second"));

        try (CapturedLog log = new CapturedLog()) {
            assertThat(announcer.announce(ALARM)).isTrue();

            assertThat(log.lines())
                    .contains("Observer fails failed on alarm dead-letters one; it is not notified again");
        }

        assertThat(notified).containsExactly("second");
    }

    @Test
    void aHangingObserverLeavesTheOthersAlone() throws InterruptedException {
        Announcer announcer = announcer(Duration.ofMillis(1), hanging(), recording("second"));

        assertThat(announcer.announce(ALARM)).isTrue();

        await().untilAsserted(() -> assertThat(notified).contains("hangs", "second"));
    }

    @Test
    void anObserverThatHangsIsCalledAgainOnlyOnceItHasReturned() throws InterruptedException {
        Announcer announcer = announcer(Duration.ofSeconds(2), hanging(), recording("second"));

        for (int i = 0; i < 10; i++) {
            assertThat(announcer.announce(ALARM)).isTrue();
        }

        await().untilAsserted(
                        () -> assertThat(notified).filteredOn("second"::equals).hasSize(10));
        assertThat(notified).filteredOn("hangs"::equals).hasSize(1);
        end.countDown();
        await().until(() -> {
            announcer.announce(ALARM);
            return notified.stream().filter("hangs"::equals).count() > 1;
        });
    }

    @Test
    void theEndOfTheNodeWaitsForNoObserver() throws InterruptedException {
        Announcer announcer = announcer(Duration.ofDays(1), hanging());
        AtomicBoolean announced = new AtomicBoolean(true);
        Thread thread = new Thread(() -> {
            try {
                announced.set(announcer.announce(ALARM));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        await().until(() -> !notified.isEmpty());

        announcer.close();

        thread.join();
        assertThat(announced).as("so that another node does it again").isFalse();
    }

    private static Announcer announcer(Duration patience, AlertCall... calls) {
        return new Announcer(alarm -> Stream.of(calls), defaultThreadFactory(), patience);
    }

    private AlertCall recording(String name) {
        return new AlertCall(name, () -> notified.add(name));
    }

    private static AlertCall failing() {
        return new AlertCall("fails", () -> {
            throw new StackOverflowError();
        });
    }

    private AlertCall hanging() {
        return new AlertCall("hangs", () -> {
            notified.add("hangs");
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
