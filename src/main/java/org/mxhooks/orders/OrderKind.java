package org.mxhooks.orders;

/** A kind of orders. Offered as a bean; called on threads of the node, one order of a kind at a time on each. */
public interface OrderKind {

    /** By which orders name it; at most 40 characters, never changed. */
    String name();

    /**
     * Does the next part of an order, within a tenth of a second or so, in the transaction of the thread, which also
     * holds the order's row: what it does and what it returns are one commit.
     *
     * @throws Exception if nothing was done: the transaction is rolled back, and the step repeated later
     */
    OrderStep step(WorkOrder order) throws Exception;

    /** How many orders of the kind are kept that have ended. */
    default int kept() {
        return 200;
    }

    /** What is kept of an order's details once it has been cancelled. */
    default String afterwards(WorkOrder cancelled) {
        return cancelled.details();
    }

    /**
     * Called on every node once a second while there are running orders of the kind, in no transaction; for what each
     * node has to do for itself.
     */
    default void tend(WorkOrder running) throws Exception {}
}
