package org.mxhooks.process.harness;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.mxhooks.journey.Portal;

/** Gives the nodes out in turns, as a load balancer does: one that fell silent is tried again once in a while. */
public final class RoundRobin {

    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(3);

    private final List<Target> targets;
    private final AtomicInteger turns = new AtomicInteger();

    public RoundRobin(List<Portal> portals) {
        targets = portals.stream().map(Target::new).toList();
    }

    /** A node, as one sender sees it. */
    public static final class Target {
        private static final long SPEAKS = 0;

        private final Portal portal;
        private final AtomicLong silentSince = new AtomicLong(SPEAKS);

        private Target(Portal portal) {
            this.portal = portal;
        }

        Portal portal() {
            return portal;
        }

        void fellSilent() {
            silentSince.set(System.nanoTime());
        }

        void spoke() {
            silentSince.set(SPEAKS);
        }

        /** Of a silent one's senders one at a time may try. */
        private boolean take() {
            long since = silentSince.get();
            long now = System.nanoTime();
            return since == SPEAKS || now - since > TRY_AGAIN_AFTER.toNanos() && silentSince.compareAndSet(since, now);
        }
    }

    /** The next, or the one after it where that is silent. */
    public Target next() {
        Target next = turn();
        return next.take() ? next : turn();
    }

    private Target turn() {
        return targets.get(Math.floorMod(turns.getAndIncrement(), targets.size()));
    }
}
