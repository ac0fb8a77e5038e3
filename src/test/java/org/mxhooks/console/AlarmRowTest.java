package org.mxhooks.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mxhooks.event.OperatorAlert;
import org.mxhooks.event.OperatorAlert.Kind;

class AlarmRowTest {

    private static final ConsumerNames NAMES = new ConsumerNames();

    @Test
    void leavesTheCommandToTheCommandLine() {
        assertThat(remedy("See why (mxhooks subscriptions show 3107) and repair the subscriber."))
                .isEqualTo("See why and repair the subscriber.");
        assertThat(remedy("Check whether requests are refused (mxhooks endpoints)."))
                .isEqualTo("Check whether requests are refused.");
        assertThat(remedy("Rotate the secret (see the portal).")).isEqualTo("Rotate the secret (see the portal).");
    }

    private static String remedy(String remedy) {
        return AlarmRow.of(alarm(remedy), NAMES).remedy();
    }

    private static OperatorAlert alarm(String remedy) {
        return new OperatorAlert(
                Kind.OPEN_BREAKER, "Build server", Instant.EPOCH, Optional.empty(), "It is down.", remedy);
    }
}
