package org.mxhooks.process.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.process.harness.Books;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Postgres;
import org.mxhooks.process.harness.Senders;

/**
 * Accepted deliveries per second of two nodes on one PostgreSQL over those of one of them, with the same number of
 * connections, in turns, after a warm-up. Senders, nodes and database share the machine, so only the ratio says
 * something, and that about this machine.
 */
@Tag("benchmark")
class TwoNodesBenchmark {

    private static final String SECRET = "of-the-portal";
    private static final int CONNECTIONS = 32;
    private static final int ROUNDS = 6;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration ROUND = Duration.ofSeconds(8);

    private final Senders senders = new Senders(SECRET, CONNECTIONS);

    @TempDir
    Path scratch;

    @Test
    void twoOverOne() throws Exception {
        try (Postgres postgres = new Postgres(scratch.resolve("postgres"))) {
            postgres.start();
            Map<String, String> settings = new HashMap<>(postgres.settings());
            settings.put("mxhooks.endpoint.default.secret", SECRET);
            settings.put("mxhooks.operator.password", "of-the-operator");
            try (PayaraMicro one = PayaraMicro.start(settings);
                    PayaraMicro other = PayaraMicro.start(settings)) {
                List<URI> hooks = List.of(
                        one.application().resolve("hooks/default"),
                        other.application().resolve("hooks/default"));
                measure(hooks.get(0), hooks.get(1));
                assertThat(new Books(postgres).deliveries()).isPositive().isEqualTo(senders.accepted(hooks));
            }
        }
    }

    private void measure(URI one, URI other) throws Exception {
        senders.perSecond(List.of(one, other), WARM_UP);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double alone = senders.perSecond(one, ROUND);
            double both = senders.perSecond(List.of(one, other), ROUND);
            ratios.add(both / alone);
            System.out.printf("one node %.0f/s, two nodes %.0f/s, ratio %.2f%n", alone, both, both / alone);
        }
        System.out.printf(
                "median ratio of two nodes to one: %.2f%n",
                ratios.stream().sorted().toList().get(ROUNDS / 2));
        assertThat(ratios).allMatch(ratio -> ratio > 0);
    }
}
