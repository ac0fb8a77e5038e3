package org.mxhooks.admin;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Makes guessing passwords slow: after 5 wrong ones in a row an address is refused for a minute, whatever it sends. Of many addresses the
 * 10,000 that failed last are remembered, on this node. Safe for use by many threads.
 */
final class FailedLogins {

    private static final System.Logger LOG = System.getLogger(FailedLogins.class.getName());
    private static final int MOST = 5;
    private static final int MOST_ADDRESSES = 10_000;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final Map<String, Tally> tallies = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tally> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private record Tally(int failures, long lastAt) {}

    /** @param nanoTime a clock like {@link System#nanoTime()} */
    FailedLogins(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** For how long an address is refused; empty if it may try. */
    synchronized Optional<Duration> blocked(String address) {
        return Optional.ofNullable(tallies.get(address))
                .filter(tally -> tally.failures() >= MOST)
                .map(tally -> PAUSE.minusNanos(nanoTime.getAsLong() - tally.lastAt()))
                .filter(left -> !left.isNegative() && !left.isZero());
    }

    synchronized void failed(String address) {
        Tally before = tallies.remove(address);
        boolean fresh = before == null || before.failures() >= MOST;
        Tally now = new Tally(fresh ? 1 : before.failures() + 1, nanoTime.getAsLong());
        tallies.put(address, now);
        if (now.failures() == MOST) {
            LOG.log(WARNING, "{0} wrong passwords in a row came from {1}; it is refused for {2}", MOST, address, PAUSE);
        }
    }

    synchronized void succeeded(String address) {
        tallies.remove(address);
    }
}
