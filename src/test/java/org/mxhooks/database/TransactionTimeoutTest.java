package org.mxhooks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.internal.jta.transaction.arjunacore.UserTransactionImple;
import jakarta.transaction.NotSupportedException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Threads are the server's: requests of other applications run on them. */
class TransactionTimeoutTest {

    private final UserTransactionImple jta = new UserTransactionImple();
    private final Transaction transaction = new Transaction(jta, Duration.ofSeconds(17));
    private int ofTheServer;

    @BeforeEach
    void rememberTheServers() throws Exception {
        ofTheServer = jta.getTimeout();
        assertThat(ofTheServer).isNotEqualTo(17);
    }

    @Test
    void isTheServersAgainAfterACommit() throws Exception {
        transaction.run(() -> assertThat(jta.getTimeout()).isEqualTo(17));

        assertThat(jta.getTimeout()).isEqualTo(ofTheServer);
    }

    @Test
    void isTheServersAgainAfterAFailure() throws Exception {
        assertThatThrownBy(() -> transaction.run(() -> {
                    throw new IOException("of the work");
                }))
                .hasMessage("of the work");

        assertThat(jta.getTimeout()).isEqualTo(ofTheServer);
    }

    @Test
    void isTheServersAgainWhereNoTransactionBegins() throws Exception {
        jta.begin();
        try {
            assertThatThrownBy(() -> transaction.run(() -> {})).isInstanceOf(NotSupportedException.class);

            assertThat(jta.getTimeout()).isEqualTo(ofTheServer);
        } finally {
            jta.rollback();
        }
    }
}
