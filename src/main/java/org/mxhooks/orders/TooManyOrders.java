package org.mxhooks.orders;

/** No order can be given until others have ended. */
public final class TooManyOrders extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooManyOrders(int max) {
        super("%s orders have not ended; cancel some, or wait until they are done".formatted(max));
    }
}
