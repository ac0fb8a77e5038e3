package org.mxhooks.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Set;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When an endpoint is silent against its own rhythm, and when it only rests. */
class RhythmTest {

    private static final long FRIDAY_EVENING = hour("2026-11-27T16:20:00Z");

    @ParameterizedTest
    @CsvSource({
        // the weekend
        "2026-11-29T23:59:00Z, false",
        "2026-11-30T08:30:00Z, false",
        // two days of holiday after it, and the first hour of the day after
        "2026-12-01T23:00:00Z, false",
        "2026-12-02T08:59:00Z, false",
        "2026-12-02T09:01:00Z, true",
        "2026-12-24T09:01:00Z, true",
        "2027-06-01T03:00:00Z, true"
    })
    void theDaysOfAnOfficeMayBeTwoHolidays(Instant now, boolean broken) {
        Rhythm office = until(FRIDAY_EVENING, RhythmTest::isOfficeHour);

        assertThat(office.isBroken(hour(now))).isEqualTo(broken);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T16:59:00Z, false",
        "2026-11-27T17:00:00Z, false",
        "2026-11-27T19:59:00Z, false",
        "2026-11-27T20:00:00Z, true",
        "2026-11-30T20:00:00Z, true"
    })
    void whatComesRoundTheClockMayRestForTwoHours(Instant now, boolean broken) {
        Rhythm steady = until(FRIDAY_EVENING, hour -> true);

        assertThat(steady.isBroken(hour(now))).isEqualTo(broken);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 24, 6 * 24, 14 * 24})
    void aNewEndpointHasNoRhythm(int hours) {
        Rhythm young = until(FRIDAY_EVENING, hour -> hour > FRIDAY_EVENING - hours);

        assertThat(young.isBroken(FRIDAY_EVENING + 10_000)).isFalse();
    }

    @Test
    void oneWeekWithoutDeliveriesLeavesTheRhythmAsItIs() {
        Rhythm holidays =
                until(FRIDAY_EVENING, hour -> hour > FRIDAY_EVENING - 168 || hour <= FRIDAY_EVENING - 2 * 168);

        assertThat(holidays.isBroken(FRIDAY_EVENING + 3)).isFalse();
        assertThat(holidays.isBroken(FRIDAY_EVENING + 4)).isTrue();
    }

    @Test
    void whatComesNowAndThenHasNoRhythm() {
        Rhythm rare = until(FRIDAY_EVENING, hour -> hour % 29 == 0);

        assertThat(rare.isBroken(FRIDAY_EVENING + 1_000)).isFalse();
    }

    /** Three nights are missed before anybody is told. */
    @Test
    void aNightlyDeliveryHasARhythm() {
        long night = hour("2026-11-27T02:00:00Z");
        Rhythm nightly = until(night, hour -> (night - hour) % 24 == 0);

        assertThat(nightly.isBroken(night + 3 * 24)).isFalse();
        assertThat(nightly.isBroken(night + 3 * 24 + 1)).isFalse();
        assertThat(nightly.isBroken(night + 4 * 24 + 1)).isTrue();
    }

    private static Rhythm until(long last, LongPredicate active) {
        BitSet hours = new BitSet(Rhythm.HOURS);
        for (int i = 0; i < Rhythm.HOURS; i++) {
            hours.set(i, active.test(last - Rhythm.HOURS + 1 + i));
        }
        return new Rhythm(hours, last);
    }

    private static boolean isOfficeHour(long hour) {
        ZonedDateTime time = Instant.ofEpochSecond(hour * 3600).atZone(ZoneOffset.UTC);
        return !Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(time.getDayOfWeek())
                && time.getHour() >= 8
                && time.getHour() < 17;
    }

    private static long hour(String instant) {
        return hour(Instant.parse(instant));
    }

    private static long hour(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), 3600);
    }
}
