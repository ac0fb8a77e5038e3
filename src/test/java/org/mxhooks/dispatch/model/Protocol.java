package org.mxhooks.dispatch.model;

import static org.mxhooks.dispatch.model.Weakness.ADVANCED_THEN_PARKED;
import static org.mxhooks.dispatch.model.Weakness.ATTEMPT_NOT_COUNTED;
import static org.mxhooks.dispatch.model.Weakness.BEHIND_TAKEN_FOR_FAILURE;
import static org.mxhooks.dispatch.model.Weakness.FAILURE_WITHOUT_FENCE;
import static org.mxhooks.dispatch.model.Weakness.HEAD_SEEN_BEFORE_LOCK;
import static org.mxhooks.dispatch.model.Weakness.NEXT_NOT_RELEASED;
import static org.mxhooks.dispatch.model.Weakness.NEXT_RELEASED_BEFORE_LOCK;
import static org.mxhooks.dispatch.model.Weakness.PARKED_THEN_ADVANCED;
import static org.mxhooks.dispatch.model.Weakness.RETRY_WITHOUT_FENCE;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mxhooks.dispatch.model.Statement.Advance;
import org.mxhooks.dispatch.model.Statement.Attempt;
import org.mxhooks.dispatch.model.Statement.Begin;
import org.mxhooks.dispatch.model.Statement.Commit;
import org.mxhooks.dispatch.model.Statement.Delete;
import org.mxhooks.dispatch.model.Statement.Failed;
import org.mxhooks.dispatch.model.Statement.Fence;
import org.mxhooks.dispatch.model.Statement.Insert;
import org.mxhooks.dispatch.model.Statement.Notify;
import org.mxhooks.dispatch.model.Statement.ReleaseNext;
import org.mxhooks.dispatch.model.Statement.Suspect;

/** Which statements an owner sends, in which order. */
final class Protocol {

    private static final int TOO_MANY_ATTEMPTS = 3;
    private static final int TOO_MANY_UNENDED = 3;
    private static final Commit COMMIT = new Commit(List.of());

    private final Scenario scenario;

    Protocol(Scenario scenario) {
        this.scenario = scenario;
    }

    List<Statement> notifyOf(int first, int last) {
        boolean alone = first == last;
        List<Statement> statements = new ArrayList<>();
        IntStream.rangeClosed(first, last).forEach(event -> statements.add(new Notify(event, alone)));
        statements.add(new Advance(first, last));
        statements.add(alone ? new Commit(park(first, ParkedRow.FAILED)) : COMMIT);
        return List.copyOf(statements);
    }

    List<Statement> suspect(int event) {
        return List.of(new Suspect(event), new Advance(event, event), COMMIT);
    }

    List<Statement> park(int event, ParkedRow row) {
        Statement advance = new Advance(event, event);
        Statement insert = new Insert(event, row);
        if (scenario.has(PARKED_THEN_ADVANCED)) {
            return List.of(insert, COMMIT, advance, COMMIT);
        }
        if (scenario.has(ADVANCED_THEN_PARKED)) {
            return List.of(advance, COMMIT, insert, COMMIT);
        }
        return List.of(advance, insert, COMMIT);
    }

    /** What is left to send, if a row for an event is to be inserted besides. */
    List<Statement> inserting(Statement insert, List<Statement> rest) {
        // Who reads the heads after the lane's row was locked sees what the last owner of the lock did to them.
        int index = scenario.has(HEAD_SEEN_BEFORE_LOCK) ? 0 : rest.size() - 1;
        List<Statement> statements = new ArrayList<>(rest);
        if (!scenario.has(BEHIND_TAKEN_FOR_FAILURE)) {
            // The consumer was not notified, so it did not fail.
            statements.set(rest.size() - 1, COMMIT);
        }
        statements.add(index, insert);
        return List.copyOf(statements);
    }

    List<Statement> retry(int event, ParkedRow found) {
        int unended = scenario.has(ATTEMPT_NOT_COUNTED) ? 0 : found.unendedNow();
        int attempts = found.begun(LaneRow.NOBODY, unended).attempts();
        List<Statement> statements = new ArrayList<>();
        statements.add(new Begin(event, found.attempts(), unended));
        statements.add(COMMIT);
        if (unended >= TOO_MANY_UNENDED) {
            statements.addAll(dead(event, attempts));
            return List.copyOf(statements);
        }
        statements.add(new Attempt(event, attempts));
        statements.addAll(fencedAndReleasing(event, new Delete(event, attempts), RETRY_WITHOUT_FENCE));
        statements.add(new Commit(failed(event, attempts)));
        return List.copyOf(statements);
    }

    List<Statement> failed(int event, int attempts) {
        if (attempts >= TOO_MANY_ATTEMPTS) {
            return dead(event, attempts);
        }
        return scenario.has(FAILURE_WITHOUT_FENCE)
                ? List.of(new Failed(event, attempts, false), COMMIT)
                : List.of(new Fence(), new Failed(event, attempts, false), COMMIT);
    }

    List<Statement> dead(int event, int attempts) {
        List<Statement> statements =
                fencedAndReleasing(event, new Failed(event, attempts, true), FAILURE_WITHOUT_FENCE);
        statements.add(COMMIT);
        return List.copyOf(statements);
    }

    private List<Statement> fencedAndReleasing(int event, Statement change, Weakness withoutFence) {
        List<Statement> statements = new ArrayList<>();
        statements.add(change);
        if (!scenario.has(NEXT_NOT_RELEASED)) {
            statements.add(new ReleaseNext(event));
        }
        if (!scenario.has(withoutFence)) {
            // As with the heads: before the next is looked for, so that it sees what was parked in the meantime.
            statements.add(scenario.has(NEXT_RELEASED_BEFORE_LOCK) ? statements.size() : 0, new Fence());
        }
        return statements;
    }
}
