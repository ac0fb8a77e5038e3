package org.mxhooks.event;

import java.time.Instant;
import java.util.Optional;

/**
 * An alarm of mxhooks itself: something that an operator should look at. A companion may observe it, to notify people
 * where they are:
 *
 * <pre>{@code
 * void page(@Observes OperatorAlert alert) {
 *     pager.send(alert.kind() + " " + alert.subject() + ": " + alert.problem());
 * }
 * }</pre>
 *
 * <p>It is no {@link WebhookEvent}, and its observer is no consumer: it has no cursor, no retry and no dead letters.
 * One node notifies each observer when an alarm is raised and again when it has ended, in this order; twice, with the
 * same times, where that node dies meanwhile. Observers are notified on a thread of the server's, with a request
 * context and without a transaction. What one throws is logged. One that has not returned after 10 s is no longer
 * waited for, and that node notifies it of nothing else until it has. Either way the alarm counts as announced.
 *
 * <p>{@code @ObservesAsync}, {@code Reception.IF_EXISTS}, an {@code EventMetadata} parameter, a session- or
 * conversation-scoped bean and {@link Consumer} stop the deployment. An observer of {@link Object}, or of a type
 * variable that webhooks match, is a consumer of webhooks and not notified of alarms.
 *
 * @param kind what is wrong
 * @param subject with what: the name of an endpoint, a consumer or a subscription; of a field the category, the action
 *     and its path
 * @param raisedAt when that was found, by the database's clock
 * @param endedAt when it was found to be over; empty while it lasts
 * @param problem what is wrong, a sentence
 * @param remedy what to do, a sentence
 * @param command of the command line that shows more, {@code mxhooks dead --consumer board} for example; empty if there
 *     is none
 */
public record OperatorAlert(
        Kind kind,
        String subject,
        Instant raisedAt,
        Optional<Instant> endedAt,
        String problem,
        String remedy,
        Optional<String> command) {

    /** An alarm without a command. */
    public OperatorAlert(
            Kind kind, String subject, Instant raisedAt, Optional<Instant> endedAt, String problem, String remedy) {
        this(kind, subject, raisedAt, endedAt, problem, remedy, Optional.empty());
    }

    /** What an alarm is about. A minor version may add more. */
    public enum Kind {
        /** An endpoint accepts nothing although it usually does at this time. */
        SILENT_ENDPOINT("silent-endpoint"),
        /** Payloads have a field that none had before. */
        NEW_FIELD("new-field"),
        /** Payloads lack a field that all had before. */
        VANISHED_FIELD("vanished-field"),
        /** The webhooks version that an endpoint receives ends within 30 days. */
        VERSION_EXPIRY("version-expiry"),
        /** A consumer has dead letters. */
        DEAD_LETTERS("dead-letters"),
        /** A subscription's circuit breaker is open. */
        OPEN_BREAKER("open-breaker");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As in the API, the log and the metrics: {@code silent-endpoint}, for example. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Whether an alarm lasts. */
    public enum Status {
        /** It lasts. */
        RAISED,
        /** It is over. */
        ENDED
    }

    /** {@link Status#ENDED} if it {@linkplain #endedAt ended}. */
    public Status status() {
        return endedAt.isPresent() ? Status.ENDED : Status.RAISED;
    }
}
