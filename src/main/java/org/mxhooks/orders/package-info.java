/**
 * Orders of operators that are too much for one request: kept as rows, and worked in small steps by any node.
 *
 * <p><b>Guarantee.</b> A step is one short transaction that holds the order's row: what the step does and how far the
 * order is are one commit. A node that dies in a step loses that step alone, another node continues, and no step is
 * done twice. Between two steps an order can be cancelled. Orders are worked side by side; one whose step fails is
 * tried again, and delays no other.
 *
 * <p>The rooms that have orders offer an {@link org.mxhooks.orders.OrderKind} for each kind.
 *
 * <p>Shown by {@code WorkOrdersSuite} on H2 and PostgreSQL.
 */
package org.mxhooks.orders;
