package org.mxhooks.process.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.process.benchmarks.noop.Noop;
import org.mxhooks.process.benchmarks.noop.NoopApplication;
import org.mxhooks.process.harness.Books;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Postgres;
import org.mxhooks.process.harness.Senders;

/**
 * Accepted deliveries per second on PostgreSQL over POSTs per second to a resource that reads the body and does
 * nothing, on the same server, in turns, after a warm-up. Senders and servers share the machine, so only the ratio says
 * something.
 */
@Tag("benchmark")
class AcceptBenchmark {

    private static final String SECRET = "of-the-portal";
    private static final int CONNECTIONS = 32;
    private static final int ROUNDS = 6;
    private static final Duration WARM_UP = Duration.ofSeconds(40);
    private static final Duration ROUND = Duration.ofSeconds(8);

    private final Senders senders = new Senders(SECRET, CONNECTIONS);

    @TempDir
    Path scratch;

    @Test
    void acceptsOverNoOp() throws Exception {
        Path noop = scratch.resolve("noop.war");
        ShrinkWrap.create(WebArchive.class)
                .addPackage(Noop.class.getPackage())
                .as(ZipExporter.class)
                .exportTo(noop.toFile());
        try (Postgres postgres = new Postgres(scratch.resolve("postgres"))) {
            postgres.start();
            Map<String, String> settings = new HashMap<>(postgres.settings());
            settings.put("mxhooks.endpoint.default.secret", SECRET);
            settings.put("mxhooks.operator.password", "of-the-operator");
            try (PayaraMicro server = PayaraMicro.with(settings).beside(noop).start()) {
                URI nothing = server.application().resolve("/noop/" + NoopApplication.PATH + "/" + Noop.PATH);
                URI hooks = server.application().resolve("hooks/default");
                measure(hooks, nothing);
                assertThat(new Books(postgres).deliveries()).isPositive().isEqualTo(senders.accepted(List.of(hooks)));
            }
        }
    }

    private void measure(URI hooks, URI nothing) throws Exception {
        await().atMost(WARM_UP).ignoreExceptions().until(() -> senders.send(nothing, System.nanoTime()) > 0);
        senders.perSecond(nothing, WARM_UP);
        senders.perSecond(hooks, WARM_UP);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double noop = senders.perSecond(nothing, ROUND);
            double accepts = senders.perSecond(hooks, ROUND);
            ratios.add(accepts / noop);
            System.out.printf("no-op %.0f/s, accepts %.0f/s, ratio %.2f%n", noop, accepts, accepts / noop);
        }
        System.out.printf(
                "median ratio of accepts to no-op: %.2f%n",
                ratios.stream().sorted().toList().get(ROUNDS / 2));
        assertThat(ratios).allMatch(ratio -> ratio > 0);
    }
}
