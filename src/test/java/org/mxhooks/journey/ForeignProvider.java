package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Another implementation of OpenID Connect: a package of npm, run by {@code src/test/node/provider.js}. */
final class ForeignProvider implements AutoCloseable {

    private final Path output = ForeignSigner.INSTALLED.resolve("provider.log");
    private final Process process;

    ForeignProvider() throws IOException {
        process = new ProcessBuilder(
                        "node",
                        "provider.js",
                        issuer(),
                        System.getProperty("oidc.redirect-uri"),
                        System.getProperty("oidc.secret"))
                .directory(ForeignSigner.INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        await().atMost(Duration.ofSeconds(60))
                .failFast(() -> assertThat(process.isAlive()).as(output()).isTrue())
                .until(() -> output().contains("listening"));
    }

    private String output() throws IOException {
        return Files.readString(output);
    }

    static String issuer() {
        return System.getProperty("oidc.issuer");
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
