package org.mxhooks.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** A progress bar on a terminal; elsewhere nothing is shown. */
public final class Progress {

    private static final int BAR_WIDTH = 30;

    private final int total;
    private final boolean shown;
    private final PrintWriter err;
    private final long start = System.nanoTime();

    public Progress(int total, boolean shown, PrintWriter err) {
        this.total = total;
        this.shown = shown;
        this.err = err;
    }

    public void update(int done) {
        if (shown) {
            int filled = (int) ((long) BAR_WIDTH * done / total);
            double seconds =
                    Math.max(1e-3, Duration.ofNanos(System.nanoTime() - start).toNanos() / 1e9);
            err.print(String.format(
                    Locale.ROOT,
                    "\r[%s%s] %d/%d  %.0f/s ",
                    "#".repeat(filled),
                    ".".repeat(BAR_WIDTH - filled),
                    done,
                    total,
                    done / seconds));
            err.flush();
        }
    }

    /** Removes the bar. */
    public void end() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
