package org.mxhooks.process.harness;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** Starts what a test needs. */
public final class Starting {

    private Starting() {}

    /** What starts one server. */
    public interface Start {
        void run() throws Exception;
    }

    /** Runs all at once; returns, or fails, when each has ended. */
    public static void together(Start... starts) throws Exception {
        List<FutureTask<Void>> tasks = Stream.of(starts).map(Starting::task).toList();
        tasks.forEach(task -> new Thread(task).start());
        Exception failure = null;
        for (FutureTask<Void> task : tasks) {
            try {
                task.get();
            } catch (ExecutionException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static FutureTask<Void> task(Start start) {
        return new FutureTask<>(() -> {
            start.run();
            return null;
        });
    }
}
