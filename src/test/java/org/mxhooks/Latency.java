package org.mxhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.Callable;

/** How long something takes, again and again. */
public final class Latency {

    private static final int ROUNDS = 1_000;
    private static final int WARM_UP = 200;

    private Latency() {}

    /** Prints the percentiles of a thousand rounds. */
    public static void measure(String what, Callable<?> query) throws Exception {
        measure(what, ROUNDS, query);
    }

    /** As above, of so many rounds, for what takes long. */
    public static void measure(String what, int rounds, Callable<?> query) throws Exception {
        for (int i = 0; i < rounds * WARM_UP / ROUNDS; i++) {
            assertThat(query.call()).isNotNull();
        }
        double[] millis = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            long begin = System.nanoTime();
            query.call();
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf(
                "%s: median %.1f ms, 99th percentile %.1f ms, slowest %.1f ms%n",
                what, millis[rounds / 2], millis[rounds * 99 / 100], millis[rounds - 1]);
    }
}
