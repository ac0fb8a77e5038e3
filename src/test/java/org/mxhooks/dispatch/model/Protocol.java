package org.mxhooks.dispatch.model;

import static org.mxhooks.dispatch.model.Weakness.ADVANCED_THEN_PARKED;
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
        if (found.unended() >= TOO_MANY_UNENDED) {
            return dead(event, found.attempts());
        }
        int attempts = found.begun(true).attempts();
        List<Statement> statements = new ArrayList<>();
        statements.add(new Begin(event, found.attempts()));
        statements.add(COMMIT);
        statements.add(new Attempt(event, attempts));
        statements.add(new Delete(event, attempts));
        statements.addAll(fenceAndRelease(event, RETRY_WITHOUT_FENCE));
        statements.add(new Commit(failed(event, attempts)));
        return List.copyOf(statements);
    }

    List<Statement> failed(int event, int attempts) {
        if (attempts >= TOO_MANY_ATTEMPTS) {
            return dead(event, attempts);
        }
        return scenario.has(FAILURE_WITHOUT_FENCE)
                ? List.of(new Failed(event, attempts, false), COMMIT)
                : List.of(new Failed(event, attempts, false), new Fence(), COMMIT);
    }

    List<Statement> dead(int event, int attempts) {
        List<Statement> statements = new ArrayList<>();
        statements.add(new Failed(event, attempts, true));
        statements.addAll(fenceAndRelease(event, FAILURE_WITHOUT_FENCE));
        statements.add(COMMIT);
        return List.copyOf(statements);
    }

    private List<Statement> fenceAndRelease(int event, Weakness withoutFence) {
        List<Statement> statements = new ArrayList<>();
        if (!scenario.has(withoutFence)) {
            statements.add(new Fence());
        }
        if (!scenario.has(NEXT_NOT_RELEASED)) {
            // As with the heads: after the lock, so that it sees what was parked behind in the meantime.
            statements.add(scenario.has(NEXT_RELEASED_BEFORE_LOCK) ? 0 : statements.size(), new ReleaseNext(event));
        }
        return statements;
    }
}
