package org.mxhooks.process.benchmarks.peers;

import java.time.Duration;

/**
 * What is measured in each round.
 *
 * @param letter by which tables name it
 * @param what it is
 * @param process that serves it
 * @param measurement of one round
 */
record Contender(String letter, String what, Turns.Suspendable process, Measurement measurement) {

    /** Returns how many deliveries were dealt with each second, beginning with warm connections. */
    interface Measurement {
        double perSecond(Duration duration) throws Exception;
    }
}
