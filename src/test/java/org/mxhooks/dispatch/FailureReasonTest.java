package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.ejb.EJBException;
import jakarta.ejb.EJBTransactionRolledbackException;
import jakarta.enterprise.event.ObserverException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxhooks.database.RootCause;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.TryLater;

class FailureReasonTest {

    private static final Exception THROWN = new IOException("far end");

    private static final SQLException VIOLATION =
            new SQLException("duplicate key value violates unique constraint \"once\"", "23505");

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(THROWN, IOException.class),
                arguments(new ObserverException(THROWN), IOException.class),
                arguments(new EJBException(THROWN), IOException.class),
                arguments(new ObserverException(new EJBException(THROWN)), IOException.class),
                arguments(new IllegalStateException(THROWN), IllegalStateException.class),
                arguments(new EJBException("of its own"), EJBException.class));
    }

    static Stream<Throwable> violations() {
        return Stream.of(
                because(new RollbackException("ARJUNA016053"), hibernate()),
                suppressing(new RollbackException("ARJUNA016053"), new PersistenceException(hibernate())),
                suppressing(because(new RollbackException("marked"), new Throwable("by")), hibernate()),
                suppressing(new RollbackException("ARJUNA016053"), because(new XAException(100), VIOLATION)),
                new EJBException(because(new EJBTransactionRolledbackException("rolled back"), hibernate())),
                new EJBException(new PersistenceException("flush", VIOLATION)),
                new ObserverException(new PersistenceException(because(new BatchUpdateException(), VIOLATION))),
                batch());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isWhatTheConsumerThrew(Throwable thrown, Class<?> reason) {
        assertThat(Failure.of(thrown).reason()).isEqualTo(reason.getName());
    }

    @ParameterizedTest
    @MethodSource("violations")
    void isTheStatementThatFailedWhereTheCommitDid(Throwable thrown) {
        Failure failure = Failure.of(thrown);

        assertThat(failure.reason()).isEqualTo(SQLException.class.getName());
        assertThat(failure.message()).contains("unique constraint \"once\"");
        assertThat(failure.trace()).startsWith("java.sql.SQLException: duplicate key");
    }

    @Test
    void isTheStatementThatFailedWhereItWasCaught() {
        RollbackException marked = new RollbackException("marked");
        RootCause.addTo(marked, Optional.of(VIOLATION));

        assertThat(Failure.of(marked).reason()).isEqualTo(SQLException.class.getName());
        assertThat(Failure.of(marked).trace()).contains("Wrapped by: jakarta.transaction.RollbackException: marked");
    }

    @Test
    void isNoStatementThatFailedBeforeTheConsumerThrewForAnotherReason() {
        IllegalStateException other = new IllegalStateException("other");
        RootCause.addTo(other, Optional.of(VIOLATION));

        assertThat(Failure.of(other).reason()).isEqualTo(IllegalStateException.class.getName());
    }

    @Test
    void isOfJpaWhereNoStatementFailed() {
        assertThat(Failure.of(new EJBException(new OptimisticLockException("changed by another")))
                        .reason())
                .isEqualTo(OptimisticLockException.class.getName());
    }

    @Test
    void saysWhatLedToIt() {
        assertThat(Failure.of(new IllegalStateException("cannot save", new RuntimeException(VIOLATION)))
                        .message())
                .isEqualTo("cannot save (caused by java.sql.SQLException: " + VIOLATION.getMessage() + ")");
        assertThat(Failure.of(new IllegalStateException(THROWN)).message()).isEqualTo("java.io.IOException: far end");
        assertThat(Failure.of(new NullPointerException()).message()).isEqualTo("no message");
    }

    @Test
    void isLookedForInARingOfCauses() {
        EJBException one = new EJBException();
        one.initCause(new EJBException(one));

        assertThat(Failure.of(one).reason()).isEqualTo(EJBException.class.getName());
    }

    @Test
    void isKeptOfWhatCannotBeRead() {
        Failure failure = Failure.of(new Unreadable());

        assertThat(failure.reason()).isEqualTo(Unreadable.class.getName());
        assertThat(failure.message()).contains("cannot be read");
    }

    @Test
    void isWhatTheConsumerAsksForWhereverItIs() {
        TryLater later = new TryLater(Duration.ofSeconds(7));

        assertThat(Failure.of(new EJBException(new ExecutionException(later))).pause())
                .hasValue(Duration.ofSeconds(7));
        assertThat(Failure.of(suppressing(new RollbackException("no commit"), later))
                        .pause())
                .hasValue(Duration.ofSeconds(7));
        assertThat(Failure.of(new ObserverException(new InvocationTargetException(new GiveUp("never"))))
                        .gaveUp())
                .isTrue();
    }

    @Test
    void isHowACallFailed() {
        CallFailed failed = new CallFailed("HTTP 500", "it answered 500");

        assertThat(Failure.of(failed)).hasToString("HTTP 500: it answered 500");
        assertThat(Failure.of(failed).trace()).isEmpty();
        assertThat(Failure.of(new TryLater(Duration.ofSeconds(7), "it answered 500", failed)))
                .hasToString("HTTP 500: it answered 500")
                .extracting(failure -> failure.pause().orElseThrow())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void hasATraceThatKeepsTheConsumersFramesWhereItIsTooLong() {
        Throwable thrown = VIOLATION;
        for (int i = 0; i < 30; i++) {
            thrown = withLongTrace(new EJBException("around it", (Exception) thrown));
        }

        String trace = Failure.of(thrown).trace();

        assertThat(trace)
                .startsWith("java.sql.SQLException: duplicate key")
                .contains("com.example.Board.put(Board.java:42)", " more")
                .hasSizeLessThanOrEqualTo(4_000);
    }

    @Test
    void holdsNothingThatADatabaseWouldRefuse() {
        String odd = "a\0b\uD800c\uDC00d";

        Failure failure = Failure.of(new IllegalStateException(odd + "😀".repeat(5_000)));

        assertThat(failure.message()).startsWith("a\uFFFDb\uFFFDc\uFFFDd😀").hasSizeLessThanOrEqualTo(1_000);
        assertThat(Stream.of(failure.message(), failure.trace()))
                .allSatisfy(text -> assertThat(text.codePoints())
                        .noneMatch(point -> point == 0 || point >= 0xD800 && point <= 0xDFFF));
    }

    private static Exception hibernate() {
        return new ConstraintViolationException("could not execute statement", VIOLATION, "once");
    }

    private static BatchUpdateException batch() {
        BatchUpdateException batch = new BatchUpdateException("Batch entry 0 was aborted", new int[0]);
        batch.setNextException(VIOLATION);
        return batch;
    }

    private static <T extends Throwable> T because(T thrown, Throwable cause) {
        thrown.initCause(cause);
        return thrown;
    }

    private static <T extends Throwable> T suppressing(T thrown, Throwable suppressed) {
        thrown.addSuppressed(suppressed);
        return thrown;
    }

    private static Throwable withLongTrace(Throwable thrown) {
        StackTraceElement[] trace = new StackTraceElement[60];
        Arrays.fill(trace, new StackTraceElement("org.jboss.Interceptor", "invoke", "Interceptor.java", 1));
        trace[30] = new StackTraceElement("com.example.Board", "put", "Board.java", 42);
        thrown.setStackTrace(trace);
        return thrown;
    }

    /** Some libraries' messages need what is not there any more. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("closed");
        }
    }
}
