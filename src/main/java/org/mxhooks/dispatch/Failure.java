package org.mxhooks.dispatch;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.database.RootCause;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.TryLater;

/**
 * Why an attempt failed, as it is kept for the operator.
 *
 * @param reason class of what the consumer threw, or of the failed statement where a commit failed; or a few words
 * @param message what it says, with its root cause, cut
 * @param trace stack trace, the root cause first, cut
 * @param pause how long to wait, where the consumer asked for that
 * @param gaveUp whether the consumer will never succeed
 * @param took how long the attempt took, where that was measured
 */
record Failure(
        String reason,
        String message,
        String trace,
        Optional<Duration> pause,
        boolean gaveUp,
        Optional<Duration> took) {

    private static final int MAX_LINE_MESSAGE = 200;

    private static final int MAX_REASON = 500;
    private static final int MAX_MESSAGE = 1_000;
    private static final int MAX_TRACE = 4_000;

    /** Attempts were begun by nodes that died before their outcome was recorded. */
    static final Failure NODE_DIED = new Failure(
            "node died",
            "every attempt ended with its node: the consumer may take the server down with it",
            "",
            Optional.empty(),
            false,
            Optional.empty());

    /** Looks behind what containers put around it for what the consumer threw. */
    static Failure of(Throwable thrown) {
        Optional<TryLater> tryLater = find(TryLater.class, thrown);
        Optional<GiveUp> giveUp = find(GiveUp.class, thrown);
        Throwable cause = giveUp.<Throwable>map(found -> found)
                .or(() -> tryLater.map(found -> found))
                .orElseGet(() -> RootCause.of(thrown));
        Optional<CallFailed> call = find(CallFailed.class, thrown);
        return new Failure(
                StoredText.clean(
                        call.map(CallFailed::reason).orElse(cause.getClass().getName()), MAX_REASON),
                StoredText.clean(message(cause), MAX_MESSAGE),
                call.isPresent() ? "" : new FailureTrace(thrown, cause).text(MAX_TRACE),
                giveUp.isPresent() ? Optional.empty() : tryLater.map(TryLater::pause),
                giveUp.isPresent(),
                Optional.empty());
    }

    /** The same, of an attempt that took so long. */
    Failure after(Duration measured) {
        return new Failure(reason, message, trace, pause, gaveUp, Optional.of(measured));
    }

    /** As a line of the event's history, behind the time. */
    String line() {
        String millis = took.map(Duration::toMillis).map(String::valueOf).orElse("");
        return "\t" + String.join("\t", millis, flat(reason), flat(StoredText.clean(message, MAX_LINE_MESSAGE))) + "\n";
    }

    private static String flat(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    /** @param reason what a call did for so long that it was given up */
    static Failure timeout(String reason, Duration after, String stack) {
        return new Failure(
                "timeout",
                "the consumer was still at work after " + after + ": it " + reason,
                StoredText.clean(stack, MAX_TRACE),
                Optional.empty(),
                false,
                Optional.of(after));
    }

    @Override
    public String toString() {
        return reason + ": " + message;
    }

    private static <T extends Throwable> Optional<T> find(Class<T> type, Throwable thrown) {
        return Stream.concat(RootCause.chain(thrown).stream(), RootCause.behindWrappers(thrown).stream())
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /** What an exception says, and what led to it. */
    private static String message(Throwable cause) {
        String message = RootCause.message(cause);
        Throwable deepest = RootCause.deepest(cause);
        boolean isSaid = deepest == cause || message.contains(RootCause.message(deepest));
        return isSaid ? message : "%s (caused by %s)".formatted(message, RootCause.head(deepest));
    }
}
