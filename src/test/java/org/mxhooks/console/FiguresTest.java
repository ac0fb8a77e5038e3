package org.mxhooks.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mxhooks.operations.Operations;

/** What a database that does not answer costs the console's requests. */
class FiguresTest {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger asked = new AtomicInteger();
    private final Figures figures = new Figures();

    /** It fails after a while. */
    private DataSource dead(Duration after) {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    clock.addAndGet(after.toNanos());
                    throw new SQLException("no answer");
                });
    }

    @Test
    void oneRequestWaitsForADatabaseAndNotEachInTurn() {
        figures.nanoTime = clock::get;
        figures.operations = Operations.of(dead(Duration.ofSeconds(2)), null, null, null);

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(figures::snapshot).hasRootCauseInstanceOf(SQLException.class);
        }
        assertThat(asked).hasValue(1);
        clock.addAndGet(Duration.ofSeconds(7).toNanos());
        assertThatThrownBy(figures::snapshot).hasRootCauseMessage("no answer");
        assertThat(asked).as("four times as long as it took").hasValue(1);
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThatThrownBy(figures::snapshot).hasRootCauseMessage("no answer");
        assertThat(asked).hasValue(2);
        figures.forget();
        assertThatThrownBy(figures::snapshot).hasRootCauseMessage("no answer");
        assertThat(asked).hasValue(3);
    }
}
