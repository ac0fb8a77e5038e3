package org.mxhooks.privacy;

import java.util.List;
import java.util.UUID;
import org.mxhooks.orders.OrderState;
import org.mxhooks.orders.WorkOrder;

/**
 * An erasure of a person, as operators see it.
 *
 * @param order by whom and when
 * @param phase what is being done
 * @param identifiers of the person, normalised; none once it has ended
 * @param alsoFound other values that describe the person, by which the person may be named elsewhere: only those among
 *     the identifiers are erased everywhere; none once it has ended
 * @param fingerprints of the identifiers: PBKDF2 with HMAC-SHA-256, 100,000 iterations, 32 bytes, in hexadecimal digits
 * @param salt of the fingerprints, 16 bytes in hexadecimal digits
 * @param places what was met where
 */
public record Erasure(
        WorkOrder order,
        ErasurePhase phase,
        List<String> identifiers,
        List<String> alsoFound,
        List<String> fingerprints,
        String salt,
        List<PlaceCount> places) {

    /** What an erasure does. */
    public enum ErasurePhase {
        /** It counts what names the person, and changes nothing. */
        COUNTING,
        /** All is counted; an operator is to start it. */
        COUNTED,
        /** It changes what names the person. */
        ERASING,
        DONE,
        CANCELLED
    }

    public UUID id() {
        return order.id();
    }

    /** How many rows named the person when they were counted. */
    public long named() {
        return places.stream().mapToLong(PlaceCount::named).sum();
    }

    /** How many rows were changed. */
    public long changed() {
        return places.stream().mapToLong(PlaceCount::changed).sum();
    }

    static Erasure of(WorkOrder order, ErasureProgress progress) {
        ErasureDetails details = ErasureDetails.read(order.details());
        return new Erasure(
                order,
                phase(order.state(), progress.erasing() || order.startedAt().isPresent()),
                details.identifiers(),
                details.alsoFound(),
                details.fingerprints(),
                details.salt(),
                progress.counts());
    }

    private static ErasurePhase phase(OrderState state, boolean started) {
        return switch (state) {
            case RUNNING -> started ? ErasurePhase.ERASING : ErasurePhase.COUNTING;
            case WAITING -> ErasurePhase.COUNTED;
            case DONE -> ErasurePhase.DONE;
            case CANCELLED -> ErasurePhase.CANCELLED;
        };
    }
}
