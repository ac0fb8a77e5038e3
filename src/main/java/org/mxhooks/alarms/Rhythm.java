package org.mxhooks.alarms;

import java.util.BitSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * When deliveries usually arrive at an endpoint: what the four weeks before its last delivery show. An hour of the week
 * is <em>usual</em> if deliveries arrived in it in at least three of the four, so that neither a new endpoint nor one
 * without a rhythm has any, and a holiday takes none away.
 *
 * @param active of the {@value #HOURS} hours that end with that of the last delivery, in order, those in which any
 *     arrived
 * @param last the hour of the last delivery, counted since 1970
 */
record Rhythm(BitSet active, long last) {

    /** How many hours the last delivery is looked back from. */
    static final int HOURS = 4 * 168;

    private static final int WEEK = 168;
    private static final int MIN_WEEKS = 3;
    private static final int ROUND_THE_CLOCK = 152;
    private static final int MIN_TOLERATED = 2;

    /**
     * Whether more usual hours have passed without a delivery than may: two where nine hours in ten are usual, else two
     * in five of those of a week, which is two working days, and at least two.
     *
     * @param now the running hour, which does not count
     */
    boolean isBroken(long now) {
        return missed(now) > tolerated();
    }

    private long missed(long now) {
        long passed = Math.max(0, now - last - 1);
        return passed / WEEK * usual()
                + LongStream.rangeClosed(1, passed % WEEK)
                        .filter(hour -> isUsual((int) (hour % WEEK)))
                        .count();
    }

    private long tolerated() {
        long usual = usual();
        return usual >= ROUND_THE_CLOCK ? MIN_TOLERATED : Math.max(MIN_TOLERATED, (2 * usual + 4) / 5);
    }

    private long usual() {
        return IntStream.range(0, WEEK).filter(this::isUsual).count();
    }

    /** @param behind how many hours behind that of the last delivery, less than a week */
    private boolean isUsual(int behind) {
        int first = (behind + WEEK - 1) % WEEK;
        return IntStream.range(0, HOURS / WEEK)
                        .filter(week -> active.get(first + week * WEEK))
                        .count()
                >= MIN_WEEKS;
    }
}
