package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.ejb.EJBException;
import jakarta.enterprise.event.ObserverException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureReasonTest {

    private static final Exception THROWN = new IOException("far end");

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(THROWN, IOException.class),
                arguments(new ObserverException(THROWN), IOException.class),
                arguments(new EJBException(THROWN), IOException.class),
                arguments(new ObserverException(new EJBException(THROWN)), IOException.class),
                arguments(new IllegalStateException(THROWN), IllegalStateException.class),
                arguments(new EJBException("of its own"), EJBException.class));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isWhatTheConsumerThrew(Throwable thrown, Class<?> reason) {
        assertThat(Failure.of(thrown).reason()).isEqualTo(reason.getName());
    }
}
