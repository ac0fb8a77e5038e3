package org.mxhooks.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** A bar on a terminal that grows with what is done; nothing elsewhere. */
final class Progress {

    private static final int BAR = 30;

    private final int whole;
    private final boolean shown;
    private final PrintWriter err;
    private final long start = System.nanoTime();

    Progress(int whole, boolean shown, PrintWriter err) {
        this.whole = whole;
        this.shown = shown;
        this.err = err;
    }

    void tell(int done) {
        if (shown) {
            int filled = (int) ((long) BAR * done / whole);
            double seconds =
                    Math.max(1e-3, Duration.ofNanos(System.nanoTime() - start).toNanos() / 1e9);
            err.print(String.format(
                    Locale.ROOT,
                    "\r[%s%s] %d/%d  %.0f/s ",
                    "#".repeat(filled),
                    ".".repeat(BAR - filled),
                    done,
                    whole,
                    done / seconds));
            err.flush();
        }
    }

    /** Takes the bar away: the summary follows. */
    void end() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
