package org.mxhooks.portal;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Does what a team does, in the app of a play. */
final class Stage {

    private static final String SPRINT = "sprint";
    private static final String STORY = "story";

    private final Board board;
    private final Deployments deployments;

    Stage(Board board, Deployments deployments) {
        this.board = board;
        this.deployments = deployments;
    }

    void perform(PortalTransaction transaction, Play play, TeamStep step, Instant at) throws SQLException {
        PortalApp app = board.app(transaction, play.app());
        Board.Edit edit = new Board.Edit(step.person(), at);
        if (step instanceof TeamStep.PlanSprint plan) {
            Instant start = at.truncatedTo(ChronoUnit.DAYS);
            BoardSprint sprint =
                    BoardSprint.named(plan.name()).between(start, start.plus(plan.days(), ChronoUnit.DAYS));
            long id = board.createSprint(transaction, app, edit, sprint).id();
            PlayTable.remember(transaction, play, SPRINT, plan.sprint(), id);
        } else if (step instanceof TeamStep.MoveSprint move) {
            long id = PlayTable.idOf(transaction, play, SPRINT, move.sprint());
            board.changeSprint(transaction, app, edit, id, sprint -> sprint.in(move.status()));
        } else if (step instanceof TeamStep.AddStory add) {
            add(transaction, play, app, edit, add);
        } else if (step instanceof TeamStep.MoveStory move) {
            change(transaction, play, app, edit, move.story(), story -> story.in(move.status()));
        } else if (step instanceof TeamStep.PlanStory plan) {
            Optional<Long> sprint = sprint(transaction, play, plan.sprint());
            change(transaction, play, app, edit, plan.story(), story -> story.plannedFor(sprint));
        } else if (step instanceof TeamStep.DescribeStory describe) {
            change(transaction, play, app, edit, describe.story(), story -> story.described(describe.description()));
        } else {
            deploy(transaction, play, app, edit, step);
        }
    }

    private void deploy(PortalTransaction transaction, Play play, PortalApp app, Board.Edit edit, TeamStep step)
            throws SQLException {
        if (step instanceof TeamStep.PushCommit push) {
            List<String> keys = new ArrayList<>();
            for (long story : push.stories()) {
                keys.add(app.storyKey(PlayTable.idOf(transaction, play, STORY, story)));
            }
            deployments.push(transaction, app, edit, push.branch(), push.message(), keys);
        } else if (step instanceof TeamStep.RaiseAlert raise) {
            deployments.alert(transaction, app, edit, raise.alert());
        } else {
            deployments.upload(transaction, app, edit, Optional.empty());
        }
    }

    private void add(PortalTransaction transaction, Play play, PortalApp app, Board.Edit edit, TeamStep.AddStory add)
            throws SQLException {
        Optional<Long> parent = add.parent().isPresent()
                ? Optional.of(
                        PlayTable.idOf(transaction, play, STORY, add.parent().get()))
                : Optional.empty();
        BoardStory wanted = BoardStory.named(add.name())
                .described(add.description())
                .of(add.type())
                .plannedFor(sprint(transaction, play, add.sprint()))
                .partOf(parent);
        long id = board.createStory(transaction, app, edit, wanted).id();
        PlayTable.remember(transaction, play, STORY, add.story(), id);
    }

    private void change(
            PortalTransaction transaction,
            Play play,
            PortalApp app,
            Board.Edit edit,
            long number,
            UnaryOperator<BoardStory> change)
            throws SQLException {
        board.changeStory(transaction, app, edit, PlayTable.idOf(transaction, play, STORY, number), change);
    }

    private static Optional<Long> sprint(PortalTransaction transaction, Play play, Optional<Long> number)
            throws SQLException {
        return number.isPresent()
                ? Optional.of(PlayTable.idOf(transaction, play, SPRINT, number.get()))
                : Optional.empty();
    }
}
