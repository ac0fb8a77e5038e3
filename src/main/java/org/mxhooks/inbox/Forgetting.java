package org.mxhooks.inbox;

import java.util.Set;

/**
 * The end of what a node had read before its copies were dropped. Not safe for use by more than one thread.
 *
 * <p>What the writer appended just before may be added to memory just after: hence the copies are dropped again, at
 * each question.
 */
public final class Forgetting {

    private final RecentLog recent;
    private final BodyBudget budget;
    private final Set<BodyBudget.HeldBodies> before;

    Forgetting(RecentLog recent, BodyBudget budget) {
        this.recent = recent;
        this.budget = budget;
        before = budget.open();
    }

    /** Whether all who read before have ended; drops the copies again. */
    public boolean isDone() {
        recent.clear();
        before.retainAll(budget.open());
        return before.isEmpty();
    }
}
