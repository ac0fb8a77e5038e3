package org.mxhooks.process.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.process.benchmarks.peers.Results.Percentiles;
import org.mxhooks.process.benchmarks.peers.Results.Ratio;

class ResultsTest {

    private final Results results = new Results();

    @BeforeEach
    void fill() {
        Map.of(
                        "a", List.of(1000.0, 2000.0, 1000.0),
                        "b", List.of(500.0, 500.0, 700.0),
                        "k", List.of(600.0, 1000.0, 900.0))
                .forEach((letter, rounds) -> rounds.forEach(measured ->
                        results.add(new Contender(letter, "what it is", Turns.NONE, duration -> 0), measured)));
        results.add(new Percentiles("(b)", 100, new long[] {1_000_000, 2_000_000, 50_000_000}));
        results.add(new LedgerLine("b, c", 7, 7, 7, Optional.of(7L)));
        results.add(new LedgerLine("d", 7, 8, 8, Optional.empty()));
    }

    @Test
    void aRatioIsThatOfEachRound() {
        assertThat(results.ratios())
                .as("only those that were measured on both sides")
                .containsExactly(new Ratio("b / a", 0.55, List.of(0.5, 0.25, 0.7), List.of(0.6, 0.5, 0.9)));
    }

    @Test
    void theMarkdownHasAllTables() {
        assertThat(new MarkdownTables("two cores", results).text())
                .startsWith("VOID")
                .contains(
                        "two cores",
                        "| (a) what it is | 1000 | 1000–2000 |",
                        "| b / a | ≥ 0.55 | 0.50 | 0.25–0.70 | 0.60 |")
                .contains("| (b) | 100 | 2.00 | 50.00 | 50.00 |")
                .contains("| (b, c) | 7 | 7 | 7 | 7 | yes |", "| (d) | 7 | 8 | 8 | – | NO |");
    }

    @Test
    void theJsonHasAllRounds() {
        assertThat(new JsonResults("two cores", results).object().toString())
                .contains(
                        "\"rounds\":[1000.0,2000.0,1000.0]",
                        "\"bound\":[0.6,0.5,0.9]",
                        "\"p99Ms\":50.0",
                        "\"balanced\":false");
    }

    @Test
    void thePlotIsWellFormed() {
        byte[] svg = new SvgPlot(results).text().getBytes(UTF_8);
        assertThatNoException()
                .isThrownBy(() -> DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(svg)));
    }

    @Test
    void aLedgerBalancesWhereAllWasKeptOnceAndMirrored() {
        assertThat(new LedgerLine("c", 7, 7, 7, Optional.of(7L)).isBalanced()).isTrue();
        assertThat(List.of(
                        new LedgerLine("none published", 0, 0, 0, Optional.empty()),
                        new LedgerLine("one lost", 7, 6, 6, Optional.empty()),
                        new LedgerLine("one twice", 7, 7, 6, Optional.empty()),
                        new LedgerLine("one not mirrored", 7, 7, 7, Optional.of(6L))))
                .noneMatch(LedgerLine::isBalanced);
    }
}
