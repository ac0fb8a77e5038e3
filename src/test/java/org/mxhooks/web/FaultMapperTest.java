package org.mxhooks.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.core.Response;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.CapturedLog;

class FaultMapperTest {

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aRequestThatBreaksOffIsTheSendersFault() {
        isProblem(new EOFException("cut"), 400);
        isProblem(new SocketTimeoutException("slow"), 400);

        assertThat(log.lines()).isEmpty();
    }

    @Test
    void unavailableStorageIsRetryableWithoutAStackTrace() {
        assertThat(List.of(
                        new SQLException("away"),
                        new PersistenceException("away"),
                        new CompletionException(new IllegalStateException(new SQLException("away")))))
                .allSatisfy(fault -> assertThat(isProblem(fault, 503).getHeaderString("Retry-After"))
                        .isEqualTo("5"));
        assertThat(log.lines()).hasSize(3);
        assertThat(log.stackTraces()).isEmpty();
    }

    @Test
    void anyOtherFaultIsOursAndLoggedOnly() {
        IllegalStateException fault = new IllegalStateException("never shown");

        isProblem(fault, 500);

        assertThat(log.stackTraces()).containsExactly(fault);
    }

    private static Response isProblem(Throwable fault, int status) {
        Response response = new FaultMapper().toResponse(fault);
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getMediaType()).isEqualTo(Problem.MEDIA_TYPE);
        assertThat((byte[]) response.getEntity())
                .asString(UTF_8)
                .contains("\"status\":" + status)
                .doesNotContain("away\"", "never shown", "Exception");
        return response;
    }
}
