package org.mxhooks.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.model.LaneRow;
import org.mxhooks.dispatch.model.ParkedRow;
import org.mxhooks.dispatch.model.Scenario;
import org.mxhooks.dispatch.model.Statement;
import org.mxhooks.dispatch.model.Statement.Advance;
import org.mxhooks.dispatch.model.Statement.Attempt;
import org.mxhooks.dispatch.model.Statement.Begin;
import org.mxhooks.dispatch.model.Statement.Commit;
import org.mxhooks.dispatch.model.Statement.Delete;
import org.mxhooks.dispatch.model.Statement.Failed;
import org.mxhooks.dispatch.model.Statement.Fence;
import org.mxhooks.dispatch.model.Statement.Insert;
import org.mxhooks.dispatch.model.Statement.InsertBehind;
import org.mxhooks.dispatch.model.Statement.Notify;
import org.mxhooks.dispatch.model.Statement.Suspect;
import org.mxhooks.dispatch.model.Steps.Step;
import org.mxhooks.dispatch.model.World;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.Resource;

/** A lane in the database on which two nodes do the steps of the model, each in a transaction on its own connection. */
final class ReplayedLane implements AutoCloseable {

    private static final int LANE = 0;
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Failure FAILED = Failure.of(new IllegalStateException("as the model says"));

    private final DataSource dataSource;
    private final String consumer;
    private final Scenario scenario;
    private final List<Long> positions;
    private final List<ReplayingNode> nodes;

    /** @param positions of the deliveries that the events stand for */
    ReplayedLane(DataSource dataSource, String consumer, Scenario scenario, List<Long> positions) throws SQLException {
        this.dataSource = dataSource;
        this.consumer = UUID.nameUUIDFromBytes(consumer.getBytes(UTF_8)).toString();
        this.scenario = scenario;
        this.positions = positions;
        Sql sql = new Sql(dataSource);
        sql.update("insert into mxhooks.consumer (name, registered_at) values (?, current_timestamp)", this.consumer);
        sql.update(
                "insert into mxhooks.lane (consumer, lane, cursor, token) values (?, ?, ?, 0)",
                this.consumer,
                LANE,
                cursor(0));
        nodes = List.of(new ReplayingNode(), new ReplayingNode());
    }

    void replay(World from, Step step) throws Exception {
        ReplayingNode node = nodes.get(step.node());
        switch (step.kind()) {
            case CLAIM -> claim(node);
            case RENEW -> node.renew();
            case READ -> node.claim = node.alone().held(consumer).get(0);
            case RELEASE -> node.alone().release(node.claim);
            case EXPIRE -> new Sql(dataSource).update("""
                                update mxhooks.node set lease_until = current_timestamp - interval '1' second
                                where id = (select owner from mxhooks.lane where consumer = ?)""", consumer);
            case LOOK -> node.look(from, step);
            case SEND -> assertThat(node.send(next(from, step))).isTrue();
            case LOSE -> {
                assertThat(node.send(next(from, step))).isFalse();
                node.lose();
            }
            case FAIL -> node.rollBack();
            case DIE -> node.die();
            case DOUBT -> throw new IllegalArgumentException(step.what());
        }
    }

    /** A node that was late to renew does so at last; it has lost the lane. */
    private void claim(ReplayingNode claimant) throws SQLException {
        new ConsumerTable(new Sql(dataSource)).join(consumer, claimant.id);
        claimant.alone().claim(consumer, 1, true);
        for (ReplayingNode node : nodes) {
            node.renew();
        }
    }

    private static Statement next(World world, Step step) {
        return world.nodes().get(step.node()).next();
    }

    /** A node's connection, and what it knows. */
    private final class ReplayingNode {
        private final Connection connection;
        private UUID id = UUID.randomUUID();
        private LaneClaim claim;
        private long movedTo;

        ReplayingNode() throws SQLException {
            connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            renew();
        }

        void renew() throws SQLException {
            new NodeTable(new Sql(dataSource)).renew(id);
        }

        private LaneTable alone() {
            return new LaneTable(new Sql(dataSource), id);
        }

        private LaneTable lanes() {
            return new LaneTable(sql(), id);
        }

        private ParkedTable parked() {
            return new ParkedTable(sql(), id, false);
        }

        private Sql sql() {
            return new Sql(new HeldConnection(connection).dataSource());
        }

        void look(World from, Step step) throws SQLException {
            if (from.nodes().get(step.node()).idle()) {
                return;
            }
            Statement next = next(from, step);
            int event = next instanceof Notify notify ? notify.event() : ((Suspect) next).event();
            assertThat(parked().waits(consumer, resource(event).orElseThrow()))
                    .isEqualTo(from.database()
                            .seenBy(from.nodes().get(step.node()).transaction())
                            .head(event, scenario)
                            .isPresent());
        }

        /** Returns whether it found what it demands. */
        boolean send(Statement statement) throws SQLException {
            try {
                return execute(statement);
            } catch (LaneLost e) {
                return false;
            }
        }

        private boolean execute(Statement statement) throws SQLException, LaneLost {
            if (statement instanceof Notify notify) {
                assertThat(parked().waits(consumer, resource(notify.event()).orElseThrow()))
                        .isFalse();
                writeEffect(notify.event());
            } else if (statement instanceof Attempt attempt) {
                writeEffect(attempt.event());
            } else if (statement instanceof Advance advance) {
                movedTo = cursor(advance.last());
                lanes().advance(claim, movedTo);
            } else if (statement instanceof Fence) {
                lanes().lock(claim);
            } else if (statement instanceof Insert insert) {
                return insert(insert);
            } else if (statement instanceof InsertBehind insert) {
                return insertBehind(insert.event());
            } else if (statement instanceof Begin begin) {
                return parked().begin(event(begin.event(), begin.attempts(), begin.unended()), claim, AT_ONCE);
            } else if (statement instanceof Delete delete) {
                return parked().finish(event(delete.event(), delete.attempts()));
            } else if (statement instanceof Failed failed) {
                fail(failed);
            } else if (statement instanceof Commit) {
                commit();
            }
            return true;
        }

        private void writeEffect(int event) throws SQLException {
            sql().update("insert into effect (consumer, position, story) values (?, ?, 0)", consumer, cursor(event));
        }

        private boolean insert(Insert insert) throws SQLException {
            if (sql().exists(
                            "select 1 from mxhooks.parked where consumer = ? and position = ?",
                            consumer,
                            cursor(insert.event()))) {
                return false;
            }
            if (insert.row().dead()) {
                parked().deadLetter(claim, delivery(insert.event()), FAILED);
            } else {
                parked().park(
                                claim,
                                delivery(insert.event()),
                                FAILED,
                                AT_ONCE,
                                insert.row().unended());
            }
            return true;
        }

        private boolean insertBehind(int event) throws SQLException {
            boolean waits = parked().waits(consumer, resource(event).orElseThrow());
            if (waits) {
                parked().parkBehind(claim, delivery(event));
            }
            return waits;
        }

        private void fail(Failed failed) throws SQLException {
            ParkedEvent event = event(failed.event(), failed.attempts());
            if (failed.dead()) {
                parked().deadLetter(event, FAILED);
            } else {
                parked().fail(event, FAILED);
            }
        }

        private void commit() throws SQLException {
            connection.commit();
            if (movedTo > 0) {
                claim = claim.at(movedTo);
                movedTo = 0;
            }
        }

        void rollBack() throws SQLException {
            connection.rollback();
            movedTo = 0;
        }

        void lose() throws SQLException {
            rollBack();
            claim = null;
        }

        /** Its lease lasts where it owns the lane. */
        void die() throws SQLException {
            lose();
            new Sql(dataSource)
                    .update(
                            "delete from mxhooks.node where id = ? and id not in (select owner from mxhooks.lane where consumer = ? and owner is not null)",
                            id,
                            consumer);
            id = UUID.randomUUID();
            renew();
        }
    }

    private Optional<String> resource(int event) {
        return attributes(event).orderingKey();
    }

    private long cursor(int event) {
        return event == 0 ? positions.get(0) - 1 : positions.get(event - 1);
    }

    private ParkedEvent event(int event, int attempts) {
        return event(event, attempts, 0);
    }

    private ParkedEvent event(int event, int attempts, int unended) {
        return new ParkedEvent(consumer, cursor(event), LANE, resource(event), false, attempts, unended, Duration.ZERO);
    }

    private LogEntry delivery(int event) {
        return new LogEntry(
                cursor(event),
                UUID.randomUUID(),
                "default",
                "projects",
                Instant.EPOCH,
                LANE,
                attributes(event),
                "{}",
                Optional.empty());
    }

    private Attributes attributes(int event) {
        return new Attributes(
                Optional.empty(),
                "stories",
                "updated",
                Optional.of("app"),
                Optional.of(Resource.numbered("story", scenario.resources().charAt(event - 1))),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** That what is committed is what the model says. */
    void assertIs(World world) throws SQLException {
        Sql sql = new Sql(dataSource);
        assertThat(sql.first(
                        """
                        select cursor, owner, coalesce((
                            select n.lease_until < current_timestamp from mxhooks.node n where n.id = owner), false), claims, token
                        from mxhooks.lane where consumer = ?""",
                        row -> {
                            UUID owner = row.getObject(2, UUID.class);
                            return new LaneRow(
                                    event(row.getLong(1)),
                                    ownerIndex(owner),
                                    0,
                                    owner != null && row.getBoolean(3),
                                    Math.min(row.getInt(4), LaneRow.MANY_CLAIMS));
                        },
                        consumer))
                .hasValue(expected(world.database().lane()));
        Map<Integer, ParkedRow> parked = new HashMap<>();
        sql.query(
                "select position, attempts, due is not null, unended, dead, begun_by from mxhooks.parked where consumer = ?",
                row -> parked.put(
                        event(row.getLong(1)),
                        new ParkedRow(
                                row.getInt(2),
                                row.getBoolean(3),
                                row.getInt(4),
                                row.getBoolean(5),
                                ownerIndex(row.getObject(6, UUID.class)))),
                consumer);
        assertThat(parked).isEqualTo(world.database().parked());
        assertThat(sql.query("select position from effect where consumer = ?", row -> event(row.getLong(1)), consumer))
                .containsExactlyInAnyOrderElementsOf(scenario.events()
                        .filter(event -> (world.database().effects() & 1 << event) != 0)
                        .boxed()
                        .toList());
    }

    private static LaneRow expected(LaneRow lane) {
        boolean owned = lane.owner() != LaneRow.NOBODY;
        return new LaneRow(lane.position(), lane.owner(), 0, owned && lane.expired(), lane.claims());
    }

    private int ownerIndex(UUID owner) {
        if (owner == null) {
            return LaneRow.NOBODY;
        }
        return Stream.of(0, 1)
                .filter(index -> nodes.get(index).id.equals(owner))
                .findFirst()
                .orElse(LaneRow.DEAD_NODE);
    }

    private int event(long position) {
        return (int) (position - positions.get(0) + 1);
    }

    @Override
    public void close() throws SQLException {
        for (ReplayingNode node : nodes) {
            node.connection.rollback();
            node.connection.setAutoCommit(true);
            node.connection.close();
        }
    }
}
