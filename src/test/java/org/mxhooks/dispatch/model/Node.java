package org.mxhooks.dispatch.model;

import java.util.List;

/**
 * A node, of which one worker follows the lane.
 *
 * @param claim the claim that it works for, or null; also one that it lost without knowing
 * @param rest what it is going to send, the next first
 * @param transaction the one that it has open, as far as it wrote
 */
public record Node(Claim claim, List<Statement> rest, Transaction transaction) {

    public static final Node STARTED = new Node(null, List.of(), Transaction.EMPTY);

    /** As read from the lane's row; the position moves on with the node's own commits. */
    public record Claim(int token, int position, int claims) {

        Claim withToken(int newToken) {
            return new Claim(newToken, position, claims);
        }
    }

    public boolean idle() {
        return rest.isEmpty();
    }

    public Statement next() {
        return rest.get(0);
    }

    public List<Statement> afterNext() {
        return rest.subList(1, rest.size());
    }

    public Node working(List<Statement> statements) {
        return new Node(claim, statements, Transaction.EMPTY);
    }

    public Node sent(Transaction written) {
        return new Node(claim, afterNext(), written);
    }

    public Node rolledBack() {
        return working(List.of());
    }

    public Node lost() {
        return STARTED;
    }

    public Node with(Claim newClaim) {
        return new Node(newClaim, rest, transaction);
    }
}
