package org.mxhooks.database;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Time limits of a session, zero for none. PostgreSQL enforces them, because a process that is stopped or disconnected
 * cannot.
 *
 * @param answer how long the driver waits for an answer
 * @param silence how long a transaction may be idle
 * @param lock how long a statement waits for a lock
 * @param transaction how long a transaction may last; known to PostgreSQL 17 and newer
 * @param byIndex whether tables are read by an index: a plan from when the table was small would read all of it, until
 *     the next analyze
 * @param plannedOnce whether a statement that is repeated is planned once, for any parameters; known to PostgreSQL 12
 *     and newer
 */
record SessionLimits(
        Duration answer, Duration silence, Duration lock, Duration transaction, boolean byIndex, boolean plannedOnce) {

    /** The writer holds the lock on the log's head, which every other node waits for. */
    static final SessionLimits WRITER = new SessionLimits(
            Duration.ofSeconds(8), Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(8), true, false);

    /** As the writer's, for statements that look rows up by keys. */
    static final SessionLimits PLANNED_ONCE =
            new SessionLimits(WRITER.answer, WRITER.silence, WRITER.lock, WRITER.transaction, WRITER.byIndex, true);

    /** An index of a large table takes as long as it takes; a waiting table lock would block everybody behind it. */
    static final SessionLimits MIGRATION =
            new SessionLimits(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(5), Duration.ZERO, false, false);

    private static final Duration POOL_ANSWER = Duration.ofMinutes(2);
    private static final Duration AFTER_TIMEOUT = Duration.ofSeconds(5);

    private static final Map<String, String> KEEP_ALIVE =
            Map.of("tcp_keepalives_idle", "4", "tcp_keepalives_interval", "2", "tcp_keepalives_count", "3");

    private static final int TRANSACTION_TIMEOUT = 17;
    private static final int PLAN_CACHE_MODE = 12;

    /** A consumer that hangs inside its transaction keeps its row locks until shortly after it was given up. */
    static SessionLimits pool(Duration consumerTimeout) {
        return new SessionLimits(
                POOL_ANSWER, consumerTimeout.plus(AFTER_TIMEOUT), Duration.ZERO, Duration.ZERO, false, false);
    }

    /**
     * How long the driver waits for an answer on a connection of the server's pool: for as long as that says, if it is
     * shorter than ours, but for a migration however long it takes.
     *
     * @param ofPool in milliseconds; 0 for ever
     */
    int answerMillis(int ofPool) {
        int ours = (int) answer.toMillis();
        return ours == 0 || ofPool == 0 ? ours : Math.min(ours, ofPool);
    }

    /** What a session sets by {@code set_config}, by name; with them how soon PostgreSQL notices a vanished client. */
    Map<String, String> parameters(int serverVersion) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("idle_in_transaction_session_timeout", millis(silence));
        if (!lock.isZero()) {
            parameters.put("lock_timeout", millis(lock));
        }
        parameters.putAll(KEEP_ALIVE);
        if (serverVersion >= TRANSACTION_TIMEOUT && !transaction.isZero()) {
            parameters.put("transaction_timeout", millis(transaction));
        }
        if (byIndex) {
            parameters.put("enable_seqscan", "off");
        }
        if (serverVersion >= PLAN_CACHE_MODE && plannedOnce) {
            parameters.put("plan_cache_mode", "force_generic_plan");
        }
        return parameters;
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
