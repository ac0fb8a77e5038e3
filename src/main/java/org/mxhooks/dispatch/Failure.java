package org.mxhooks.dispatch;

import jakarta.ejb.EJBException;
import jakarta.enterprise.event.ObserverException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.TryLater;

/**
 * Why an attempt failed, as it is kept for the operator.
 *
 * @param reason class of what the consumer threw
 * @param message what it says, cut
 * @param trace its stack trace, cut
 * @param pause how long to wait, where the consumer asked for that
 * @param gaveUp whether the consumer will never succeed
 */
record Failure(String reason, String message, String trace, Optional<Duration> pause, boolean gaveUp) {

    private static final int MOST_REASON = 500;
    private static final int MOST_MESSAGE = 1_000;
    private static final int MOST_TRACE = 4_000;

    /** A chain of causes may be a ring. */
    private static final int MOST_CAUSES = 50;

    /** Attempts were begun and nobody lived to tell how they ended. */
    static final Failure NODE_DIED = new Failure(
            "node died",
            "every attempt ended with its node: the consumer may take the server down with it",
            "",
            Optional.empty(),
            false);

    /** Looks behind the wrappers of CDI and EJB containers for what the consumer threw to tell us something. */
    static Failure of(Throwable thrown) {
        Optional<TryLater> tryLater = find(TryLater.class, thrown);
        Optional<GiveUp> giveUp = find(GiveUp.class, thrown);
        Throwable told = giveUp.<Throwable>map(cause -> cause)
                .or(() -> tryLater.map(cause -> cause))
                .orElseGet(() -> withoutWrappers(thrown));
        return new Failure(
                clean(told.getClass().getName(), MOST_REASON),
                clean(String.valueOf(told.getMessage()), MOST_MESSAGE),
                clean(trace(thrown), MOST_TRACE),
                giveUp.isPresent() ? Optional.empty() : tryLater.map(TryLater::pause),
                giveUp.isPresent());
    }

    static Failure timeout(Duration timeout, String stack) {
        return new Failure(
                "timeout",
                "the consumer was still at work after " + timeout + " (mxhooks.consumer.timeout)",
                clean(stack, MOST_TRACE),
                Optional.empty(),
                false);
    }

    @Override
    public String toString() {
        return reason + ": " + message;
    }

    private static <T extends Throwable> Optional<T> find(Class<T> type, Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /** Without what CDI and EJB containers put around checked exceptions and errors, and EJB around every exception. */
    private static Throwable withoutWrappers(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .filter(cause -> !isWrapper(cause) || cause.getCause() == null)
                .findFirst()
                .orElse(thrown);
    }

    private static boolean isWrapper(Throwable thrown) {
        return thrown instanceof ObserverException || thrown instanceof EJBException;
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /** PostgreSQL keeps no NUL in a text. */
    private static String clean(String text, int most) {
        String cut = text.length() > most ? text.substring(0, most - 1) + "…" : text;
        return cut.replace('\0', '\uFFFD');
    }
}
