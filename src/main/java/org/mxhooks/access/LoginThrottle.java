package org.mxhooks.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.mxhooks.settings.Network;

/**
 * Limits the rate of password guesses. After {@link #MAX_FAILURES} wrong passwords within a minute an account is locked
 * for a minute for the network that sent them, and after {@link #MAX_FAILURES_OF_NETWORK} over all names the whole
 * network is; for other networks the account stays open. A correct password clears the count of its account and
 * network. Check and count are one atomic step, so that concurrent guesses are all counted. The {@link #MAX_NETWORKS}
 * networks that failed last are remembered: to be forgotten within its minute, an attacker has to guess from as many
 * other networks. Thread-safe.
 */
final class LoginThrottle {

    static final int MAX_FAILURES = 5;
    static final int MAX_FAILURES_OF_NETWORK = 20;
    static final int MAX_NETWORKS = 10_000;
    private static final int MAX_NAME = 64;
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final Map<LoginSource, Failures> failures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LoginSource, Failures> eldest) {
            return size() > MAX_NETWORKS;
        }
    };

    /**
     * Source of login attempts.
     *
     * @param network of the client
     * @param local whether a program on this machine sent it, and no proxy
     */
    record LoginSource(Network network, boolean local) {}

    /**
     * Account of a login attempt.
     *
     * @param user the name that was sent
     * @param known whether there is such an account
     */
    record Name(String user, boolean known) {
        Name {
            user = user.length() > MAX_NAME ? user.substring(0, MAX_NAME) : user;
        }
    }

    /** The result of a login attempt. */
    sealed interface LoginResult {}

    /** The password was correct. */
    record Right() implements LoginResult {}

    /** The password was wrong. */
    record Wrong() implements LoginResult {}

    /** The password was not checked; a later attempt may be. */
    record Throttled(Duration retryAfter) implements LoginResult {}

    private static final class Failures {
        private Tally all = Tally.NONE;
        private final Map<String, Tally> byUser = new HashMap<>();
    }

    private record Tally(int count, long since) {
        static final Tally NONE = new Tally(0, 0);

        boolean isOver(long now) {
            return count == 0 || now - since >= PERIOD.toNanos();
        }

        /** Counted since the first; since the last once that is one too many. */
        Tally plusOne(long now, int limit) {
            return isOver(now) ? new Tally(1, now) : new Tally(count + 1, count + 1 < limit ? since : now);
        }

        Optional<Duration> throttled(long now, int limit) {
            return count < limit || isOver(now) ? Optional.empty() : Optional.of(PERIOD.minusNanos(now - since));
        }
    }

    /** @param nanoTime a clock like {@link System#nanoTime()} */
    LoginThrottle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Counts a password, unless too many wrong ones came before.
     *
     * @param right whether it is the account's password; not revealed while the account is locked
     */
    synchronized LoginResult attempt(LoginSource source, Name name, boolean right) {
        return throttled(source, name).<LoginResult>map(Throttled::new).orElseGet(() -> count(source, name, right));
    }

    /** Counts a password, however many came before: for one that was delayed. */
    synchronized LoginResult count(LoginSource source, Name name, boolean right) {
        if (right) {
            Optional.ofNullable(failures.get(source)).ifPresent(known -> known.byUser.remove(name.user()));
            return new Right();
        }
        fail(source, name);
        return new Wrong();
    }

    /**
     * For how long attempts are not to be checked; empty where the next may be. On the local machine wrong names do not
     * lock existing accounts: a monitor there must continue to work during an attack.
     */
    synchronized Optional<Duration> throttled(LoginSource source, Name name) {
        Failures known = failures.get(source);
        if (known == null) {
            return Optional.empty();
        }
        long now = nanoTime.getAsLong();
        Optional<Duration> ofUser =
                known.byUser.getOrDefault(name.user(), Tally.NONE).throttled(now, MAX_FAILURES);
        return source.local() && name.known()
                ? ofUser
                : ofUser.or(() -> known.all.throttled(now, MAX_FAILURES_OF_NETWORK));
    }

    private void fail(LoginSource source, Name name) {
        long now = nanoTime.getAsLong();
        Failures known = Optional.ofNullable(failures.remove(source)).orElseGet(Failures::new);
        known.byUser.values().removeIf(tally -> tally.isOver(now));
        known.byUser.merge(name.user(), new Tally(1, now), (before, first) -> before.plusOne(now, MAX_FAILURES));
        known.all = known.all.plusOne(now, MAX_FAILURES_OF_NETWORK);
        failures.put(source, known);
    }
}
