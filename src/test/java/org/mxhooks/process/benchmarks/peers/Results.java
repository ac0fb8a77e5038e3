package org.mxhooks.process.benchmarks.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What was measured: deliveries per second by contender and round, latencies, and the ledger. */
final class Results {

    private final Map<String, String> contenders = new LinkedHashMap<>();
    private final Map<String, List<Double>> perSecond = new LinkedHashMap<>();
    private final List<Percentiles> latencies = new ArrayList<>();
    private final List<Ratio> others = new ArrayList<>();
    private final List<LedgerLine> ledger = new ArrayList<>();

    /**
     * How the figures of one round stand to each other.
     *
     * @param what as tables name it
     * @param goal at least
     * @param perRound in order
     * @param bound the same of the bare receiver, in order; empty where there is none
     */
    record Ratio(String what, double goal, List<Double> perRound, List<Double> bound) {
        Ratio(String what, double goal, List<Double> perRound) {
            this(what, goal, perRound, List.of());
        }

        boolean isMeasured() {
            return perRound.stream().noneMatch(value -> value.isNaN());
        }

        boolean isBounded() {
            return !bound.isEmpty() && bound.stream().noneMatch(value -> value.isNaN());
        }
    }

    /**
     * How late answers were.
     *
     * @param of what
     * @param perSecond how many requests were due; 0 where each waited for the one before
     * @param nanos in order
     */
    record Percentiles(String of, double perSecond, long[] nanos) {

        /** Those of all rounds together. */
        static <T> Percentiles of(String what, double perSecond, List<T> rounds, Function<T, long[]> nanos) {
            return new Percentiles(
                    what,
                    perSecond,
                    rounds.stream()
                            .map(nanos)
                            .flatMapToLong(Arrays::stream)
                            .sorted()
                            .toArray());
        }

        static double p99(long[] nanos) {
            return new Percentiles("", 0, nanos).millis(99);
        }

        double millis(double percent) {
            return nanos[(int) Math.min(nanos.length - 1, nanos.length * percent / 100)] / 1e6;
        }
    }

    void add(Contender contender, double measured) {
        contenders.put(contender.letter(), contender.what());
        perSecond.computeIfAbsent(contender.letter(), none -> new ArrayList<>()).add(measured);
    }

    void add(Percentiles latency) {
        latencies.add(latency);
    }

    /** One beside those of the contenders. */
    void add(Ratio ratio) {
        others.add(ratio);
    }

    void add(LedgerLine line) {
        ledger.add(line);
    }

    /** What each is, by letter. */
    Map<String, String> contenders() {
        return contenders;
    }

    List<Double> perSecond(String letter) {
        return perSecond.getOrDefault(letter, List.of());
    }

    List<Percentiles> latencies() {
        return latencies;
    }

    List<LedgerLine> ledger() {
        return ledger;
    }

    /** Whether the ledger does not balance: the figures say nothing. */
    boolean areVoid() {
        return !ledger.stream().allMatch(LedgerLine::isBalanced);
    }

    /** Those of which both sides were measured. */
    List<Ratio> ratios() {
        return Stream.concat(ofContenders(), others.stream()).toList();
    }

    private Stream<Ratio> ofContenders() {
        return Stream.of(
                        keeping("b / a", 0.55, round -> at("a", round)),
                        keeping("b / joint bound", 0.9, round -> 1 / (1 / at("a", round) + 1 / at("bulk", round))),
                        keeping("b / d", 1.5, round -> at("d", round)),
                        mirroring("c / e", 1.5, round -> at("e", round)),
                        mirroring("c / f", 4, round -> at("f", round)),
                        keeping("b / g", 3, round -> at("g", round)))
                .filter(Ratio::isMeasured);
    }

    private Ratio keeping(String what, double goal, ToDoubleFunction<Integer> other) {
        return new Ratio(what, goal, perRound("b", other), perRound("k", other));
    }

    private Ratio mirroring(String what, double goal, ToDoubleFunction<Integer> other) {
        return new Ratio(what, goal, perRound("c", other), perRound("m", other));
    }

    private List<Double> perRound(String letter, ToDoubleFunction<Integer> other) {
        return IntStream.range(0, perSecond("a").size())
                .mapToObj(round -> at(letter, round) / other.applyAsDouble(round))
                .toList();
    }

    private double at(String letter, int round) {
        return round < perSecond(letter).size() ? perSecond(letter).get(round) : Double.NaN;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static double min(List<Double> values) {
        return values.stream().min(Double::compare).orElseThrow();
    }

    static double max(List<Double> values) {
        return values.stream().max(Double::compare).orElseThrow();
    }
}
