package org.mxhooks.process.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;

/** Lets one process run at a time: the others are stopped by signal, so that an idle one takes nothing from it. */
final class Turns {

    private final List<Suspendable> running = new ArrayList<>();

    /** A process, or more that run together. */
    interface Suspendable {

        /** Stops it. */
        void pause() throws Exception;

        /** Returns when it is ready again. */
        void resume() throws Exception;
    }

    /** No process. */
    static final Suspendable NONE = new Suspendable() {
        @Override
        public void pause() {}

        @Override
        public void resume() {}
    };

    /** One that was started. */
    void add(Suspendable started) {
        running.add(started);
    }

    void only(Suspendable process) throws Exception {
        for (Suspendable other : List.copyOf(running)) {
            if (other != process) {
                running.remove(other);
                other.pause();
            }
        }
        if (!running.contains(process)) {
            running.add(process);
            process.resume();
        }
    }
}
