package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mxhooks.CapturedLog;
import org.mxhooks.MapConfig;
import org.mxhooks.settings.SettingsReader;

class LifecycleLogTest {

    private static final String MANIFEST = "Manifest-Version: 1.0\r\nImplementation-Version: 0.1.0\r\n";

    @Test
    void startAndEndAreLoggedWithWhatAnOperatorComparesFirst() {
        LifecycleLog listener = new LifecycleLog();
        listener.settings = SettingsReader.read(MapConfig.of(Map.of(
                "mxhooks.endpoints", "team-b, team-a",
                "mxhooks.endpoint.team-a.secret", "the secret of team a",
                "mxhooks.endpoint.team-b.secret", "the secret of team b",
                "mxhooks.operator.password", "of the operator",
                "mxhooks.database.url", "jdbc:postgresql://db/mxhooks?sslmode=verify-full")));
        try (CapturedLog log = new CapturedLog()) {
            listener.contextInitialized(event());
            listener.contextDestroyed(event());

            assertThat(log.lines())
                    .containsExactly(
                            "mxhooks 0.1.0 started; endpoints team-a, team-b; database jdbc:postgresql://db/mxhooks",
                            "mxhooks 0.1.0 stopped");
        }
    }

    private static ServletContextEvent event() {
        return new ServletContextEvent((ServletContext) Proxy.newProxyInstance(
                LifecycleLogTest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getResourceAsStream" -> new ByteArrayInputStream(MANIFEST.getBytes(UTF_8));
                    default -> throw new UnsupportedOperationException(method.toString());
                }));
    }
}
