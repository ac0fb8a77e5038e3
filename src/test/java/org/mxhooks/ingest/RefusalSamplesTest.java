package org.mxhooks.ingest;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mxhooks.ingest.RefusalSamples.RefusedSample;
import org.mxhooks.web.Caller;
import org.mxhooks.web.TestConnection;

/** What a flood of refused requests costs, and that it hides no other. */
class RefusalSamplesTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final RefusalSamples samples = new RefusalSamples(Clock.fixed(NOON, UTC), nanoTime::get);

    @Test
    void onePerSecondStandsForOthersOfItsKind() {
        IntStream.range(0, 5000).forEach(i -> refuse("203.0.113.7", "too_large"));
        pass(Duration.ofSeconds(1));
        refuse("203.0.113.7", "too_large");

        List<RefusedSample> taken = samples.take();
        assertThat(taken).extracting(RefusedSample::requests).containsExactly(1L, 5000L);
        assertThat(taken.get(0).at()).isEqualTo(NOON);
        assertThat(taken.get(0).key()).isEqualTo(new RefusalSamples.Key("default", "too_large", "203.0.113.7/32"));
        assertThat(samples.take()).isEmpty();
    }

    @Test
    void theContentIsDeterminedOnlyForASample() {
        refuse("203.0.113.7", "too_large");
        samples.add("default", "too_large", caller("203.0.113.7"), () -> fail("determined"));

        assertThat(samples.take()).hasSize(1);
    }

    @Test
    void aFloodOfOneSenderHidesNoOther() {
        IntStream.range(0, 5000).forEach(i -> refuse("203.0.113.7", "too_large"));
        refuse("198.51.100.1", "too_large");
        refuse("203.0.113.7", "signature_invalid");

        assertThat(samples.take()).extracting(RefusedSample::requests).containsExactly(1L, 1L, 1L);
    }

    @Test
    void aNetworkIsOneSender() {
        IntStream.range(1, 500).forEach(i -> refuse("2001:db8:0:1::" + Integer.toHexString(i), "too_large"));

        assertThat(samples.take()).extracting(RefusedSample::address).containsExactly("2001:db8:0:1:0:0:0:1");
    }

    @Test
    void aFloodOfManySendersIsLimited() {
        IntStream.range(0, 60).forEach(second -> {
            IntStream.range(0, 200).forEach(i -> refuse("2001:db8:%x:%x::1".formatted(second + 1, i + 1), "too_large"));
            pass(Duration.ofSeconds(1));
        });

        assertThat(samples.take()).hasSize(RefusalSamples.MAX_WAITING);
        IntStream.range(0, 200).forEach(i -> refuse("2001:db8:ffff:%x::1".formatted(i + 1), "too_large"));
        assertThat(samples.take()).hasSize(RefusalSamples.MAX_PER_KIND);
    }

    @Test
    void aFloodOfManySendersHidesNoOtherReason() {
        IntStream.range(0, 200).forEach(i -> refuse("2001:db8:1:%x::1".formatted(i + 1), "too_large"));
        refuse("203.0.113.7", "signature_invalid");

        assertThat(samples.take()).extracting(RefusedSample::address).contains("203.0.113.7");
    }

    @Test
    void aFloodOfAllKindsIsLimited() {
        IntStream.range(0, 100).forEach(i -> refuse("203.0.113.7", "reason " + i));

        assertThat(samples.take()).hasSize(RefusalSamples.MAX_PER_SECOND);
    }

    @Test
    void theSendersThatWereSeenLastAreCounted() {
        IntStream.range(0, 6).forEach(i -> refuse("203.0.113.7", "too_large"));
        IntStream.range(1, RefusalSamples.MAX_KEYS).forEach(i -> refuse("2001:db8:0:%x::1".formatted(i), "too_large"));
        samples.take();
        pass(Duration.ofSeconds(1));
        refuse("203.0.113.7", "too_large");
        assertThat(samples.take()).extracting(RefusedSample::requests).containsExactly(6L);

        IntStream.range(0, 6).forEach(i -> refuse("203.0.113.7", "too_large"));
        IntStream.range(1, RefusalSamples.MAX_KEYS + 1)
                .forEach(i -> refuse("2001:db8:1:%x::1".formatted(i), "too_large"));
        samples.take();
        pass(Duration.ofSeconds(1));
        refuse("203.0.113.7", "too_large");
        assertThat(samples.take()).extracting(RefusedSample::requests).containsExactly(1L);
    }

    @Test
    void whatCouldNotBeStoredIsKeptUpToALimit() {
        refuse("203.0.113.7", "too_large");
        List<RefusedSample> taken = samples.take();
        refuse("203.0.113.8", "too_large");
        samples.putBack(taken);

        assertThat(samples.take()).extracting(RefusedSample::address).containsExactly("203.0.113.7", "203.0.113.8");
        samples.putBack(IntStream.range(0, 500).mapToObj(i -> taken.get(0)).toList());
        assertThat(samples.take()).hasSize(RefusalSamples.MAX_WAITING);
    }

    private void refuse(String address, String reason) {
        samples.add(
                "default",
                reason,
                caller(address),
                () -> RefusedContent.of("why", 0, Map.of(), RefusedContent.NOT_READ));
    }

    private static Caller caller(String address) {
        return Caller.of(new TestConnection().comesFrom(address, true).request(), java.util.Set.of());
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }
}
