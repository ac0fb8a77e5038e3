package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private final RetryPolicy policy = RetryPolicy.lasting(Duration.ofDays(3));

    @ParameterizedTest
    @CsvSource({"1, PT1S", "2, PT2S", "3, PT4S", "12, PT34M8S", "13, PT1H", "14, PT1H", "1000, PT1H"})
    void delaysDoubleFromASecondToAnHour(int attempts, Duration longest) {
        assertThat(policy.delayAfter(attempts))
                .isBetween(longest.multipliedBy(3).dividedBy(4), longest);
    }

    @RepeatedTest(3)
    void delaysVary() {
        assertThat(Stream.generate(() -> policy.delayAfter(10)).limit(50).distinct())
                .hasSizeGreaterThan(10);
    }

    @Test
    void retriesEndWhenTheyHaveLastedLongEnough() {
        assertThat(policy.isOver(Duration.ofDays(3).minusMillis(1))).isFalse();
        assertThat(policy.isOver(Duration.ofDays(3))).isTrue();
        assertThat(RetryPolicy.lasting(Duration.ZERO).isOver(Duration.ZERO)).isTrue();
    }
}
