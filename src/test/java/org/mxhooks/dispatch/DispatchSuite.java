package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.dispatch.EffectLog.Effect;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.inbox.Place;

/** What dispatch promises on every supported database. */
@Tag("persistence")
abstract class DispatchSuite extends DispatchFixture {

    @Test
    void notifiesOfEveryDeliveryOnceAndInOrder() {
        EffectLog consumer = consumer("one");
        arrive(60);
        node(consumer);
        arrive(140);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(200));
        assertOnceAndInOrder(consumer);
    }

    @Test
    void startsANewConsumerWhereItAsks() {
        arrive(10);
        EffectLog fromEnd = consumer("from-end", From.END);
        EffectLog fromBeginning = consumer("from-beginning");
        node(fromEnd, fromBeginning);
        eventually().untilAsserted(() -> assertThat(fromBeginning.effects()).hasSize(10));

        arrive(5);

        eventually().untilAsserted(() -> assertThat(fromEnd.effects()).hasSize(5));
        eventually().untilAsserted(() -> assertThat(fromBeginning.effects()).hasSize(15));
    }

    @Test
    void goesOnAfterARestartWhereItStood() throws Exception {
        EffectLog consumer = consumer("one");
        AutoCloseable first = node(consumer);
        arrive(20);
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(20));
        first.close();
        arrive(20);

        node(consumer);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(40));
        assertOnceAndInOrder(consumer);
    }

    @Test
    void passesOverWhatAConsumerDoesNotWant() {
        EffectLog consumer = consumer("one");
        node(consumer);
        arrive(1, "unwanted");
        arrive(1, "wanted");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        long wanted = consumer.effects().get(0).position();

        arrive(1, "unwanted");
        eventually().until(() -> cursorOf("one", 1) > wanted);
    }

    @Test
    void rollsBackTheEffectOfAFailureAndRepeatsIt() {
        EffectLog consumer = consumer("one").failingOn("poison");
        node(consumer);
        arrive(1, "poison");
        arrive(1, "behind it");
        arrive(2, "another lane");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        assertThat(consumer.effects()).extracting(Effect::storyId).containsExactly(2L);

        consumer.mend();

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(3));
        assertOnceAndInOrder(consumer);
    }

    @Test
    void leavesOtherConsumersAloneWhenOneFails() {
        EffectLog failing = consumer("failing").failingOn("poison");
        EffectLog healthy = consumer("healthy");
        node(failing, healthy);
        arrive(1, "poison");
        arrive(1, "behind it");

        eventually().untilAsserted(() -> assertThat(healthy.effects()).hasSize(2));
        assertThat(failing.effects()).isEmpty();
    }

    @Test
    void givesALaneToOneNode() throws Exception {
        LaneTable one = registered("shared");
        LaneTable other = registered("shared");
        one.claim("shared", Place.LANES, true);
        other.claim("shared", Place.LANES, true);

        assertThat(one.held("shared")).hasSize(Place.LANES);
        assertThat(other.held("shared")).isEmpty();

        one.releaseAll();
        other.claim("shared", 20, true);

        assertThat(other.held("shared")).hasSize(20);
        assertThat(one.held("shared")).isEmpty();
    }

    @Test
    void sharesLanesAmongTheNodesThatHaveTheConsumer() throws Exception {
        UUID node = UUID.randomUUID();
        registered("shared", node);
        assertThat(fairShare("shared", node)).isEqualTo(Place.LANES);

        registered("shared");
        registered("another");
        assertThat(fairShare("shared", node)).isEqualTo(Place.LANES / 2);

        registered("shared");
        assertThat(fairShare("shared", node)).isEqualTo(11);

        expireLeases();
        new NodeTable(sql()).renew(node);
        assertThat(fairShare("shared", node)).as("the others are gone").isEqualTo(Place.LANES);
    }

    private int fairShare(String consumer, UUID node) throws SQLException {
        return new ConsumerTable(sql())
                .standings(List.of(consumer), node)
                .get(consumer)
                .fairShare();
    }

    @Test
    void movesLanesToANodeThatComesLater() throws Exception {
        EffectLog consumer = consumer("one");
        AutoCloseable first = node(consumer);
        arrive(9);
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(9));
        AutoCloseable second = node(consumer);

        eventually().untilAsserted(() -> assertThat(lanesPerNode("one")).containsExactly(16, 16));
        arrive(90);
        first.close();
        arrive(9);

        eventually().untilAsserted(() -> assertThat(lanesPerNode("one")).containsExactly(Place.LANES));
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(108));
        assertOnceAndInOrder(consumer);
        second.close();
        assertThat(lanesPerNode("one")).isEmpty();
    }

    @Test
    void sharesTheWorkOfANodeThatHasItsHandsFull() {
        CountDownLatch end = new CountDownLatch(1);
        EffectLog busy = consumer("one").on("long", event -> end.await());
        for (int lane = 0; lane < Place.LANES; lane++) {
            arrive(storyInLane(lane), "long");
        }
        node(busy);
        eventually().untilAsserted(() -> assertThat(busy.notified()).hasSize(4));
        EffectLog helping = consumer("one");
        node(helping);

        eventually().untilAsserted(() -> assertThat(helping.effects()).hasSizeGreaterThanOrEqualTo(12));
        end.countDown();
        eventually().untilAsserted(() -> assertThat(helping.effects()).hasSize(Place.LANES));
        assertOnceAndInOrder(helping);
    }

    @Test
    void sharesAConsumerAmongItsTwoVersionsDuringAnUpgrade() throws Exception {
        EffectLog before = consumer("one");
        EffectLog after = consumer("one");
        AutoCloseable old = node(before);
        node(after);
        eventually().untilAsserted(() -> assertThat(lanesPerNode("one")).containsExactly(16, 16));

        for (int lane = 0; lane < Place.LANES; lane++) {
            arrive(storyInLane(lane), "to both");
        }
        eventually().untilAsserted(() -> assertThat(after.effects()).hasSize(Place.LANES));
        assertThat(before.notified()).isNotEmpty();
        assertThat(after.notified()).isNotEmpty();

        old.close();
        arrive(9);
        eventually().untilAsserted(() -> assertThat(after.effects()).hasSize(Place.LANES + 9));
        assertOnceAndInOrder(after);
    }

    @Test
    void beginsAnewUnderAnotherNameAndGoesOnUnderTheOldOne() throws Exception {
        EffectLog board = consumer("board", From.END);
        AutoCloseable named = node(board);
        awaitClaims("board");
        arrive(9);
        eventually().untilAsserted(() -> assertThat(board.effects()).hasSize(9));
        named.close();

        arrive(5);
        EffectLog wall = consumer("wall", From.END);
        AutoCloseable renamed = node(wall);
        awaitClaims("wall");
        arrive(3);
        eventually().untilAsserted(() -> assertThat(wall.effects()).hasSize(3));
        assertThat(board.effects()).hasSize(9);
        renamed.close();

        node(board);
        eventually().untilAsserted(() -> assertThat(board.effects()).hasSize(17));
        assertOnceAndInOrder(board);
    }

    @Test
    void leavesAloneTheLanesOfAConsumerThatANodeLacks() throws Exception {
        EffectLog companion = consumer("companion");
        EffectLog everywhere = consumer("everywhere");
        AutoCloseable with = node(companion, everywhere);
        eventually().untilAsserted(() -> assertThat(lanesPerNode("companion")).containsExactly(Place.LANES));
        node(everywhere);
        with.close();
        arrive(9);

        eventually().untilAsserted(() -> assertThat(everywhere.effects()).hasSize(9));
        assertThat(companion.effects()).isEmpty();
        assertThat(lanesPerNode("companion")).isEmpty();

        node(companion);
        eventually().untilAsserted(() -> assertThat(companion.effects()).hasSize(9));
    }

    @Test
    void takesOverFromANodeThatIsNotHeardOf() throws Exception {
        LaneTable dead = registered("one");
        dead.claim("one", Place.LANES, true);
        EffectLog consumer = consumer("one");
        node(consumer);
        arrive(9);
        expireLeases();

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(9));
    }

    @Test
    void refusesTheCursorOfANodeThatWasPresumedDead() throws Exception {
        LaneTable stalled = registered("shared");
        stalled.claim("shared", 1, true);
        LaneClaim claim = stalled.held("shared").get(0);
        expireLeases();
        LaneTable successor = registered("shared");
        successor.claim("shared", Place.LANES, true);
        LaneClaim taken = successor.held("shared").stream()
                .filter(each -> each.lane() == claim.lane())
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> stalled.advance(claim, 7)).isInstanceOf(LaneLost.class);
        assertThatThrownBy(() -> stalled.lock(claim)).isInstanceOf(LaneLost.class);
        successor.advance(taken, 7);
        assertThatThrownBy(() -> successor.advance(taken, 7)).as("again").isInstanceOf(LaneLost.class);
        assertThat(stalled.held("shared")).isEmpty();
    }

    @Test
    void keepsALeaseThatIsRenewed() throws Exception {
        UUID node = UUID.randomUUID();
        LaneTable owner = registered("shared", node);
        owner.claim("shared", Place.LANES, true);
        List<LaneClaim> claimed = owner.held("shared");
        expireLeases();
        new NodeTable(sql()).renew(node);
        registered("shared").claim("shared", Place.LANES, true);

        assertThat(owner.held("shared")).containsExactlyInAnyOrderElementsOf(claimed);
    }

    @Test
    void doublesNothingWhileTwoNodesTakeLanesFromEachOther() throws Exception {
        EffectLog consumer = consumer("one");
        node(consumer);
        node(consumer);
        for (int i = 0; i < 10; i++) {
            arrive(30);
            takeLanesAway("true");
        }

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(300));
        assertOnceAndInOrder(consumer);
    }

    @Test
    void takesBackASingleLaneThatItLost() throws Exception {
        EffectLog consumer = consumer("one");
        node(consumer);
        arrive(1, "before");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        takeLanesAway("lane = (select max(lane) from mxhooks.delivery)");

        arrive(1, "after");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(2));
    }

    @Test
    void doublesNothingWhenTheAnswerToACommitIsLost() {
        EffectLog consumer = consumer("one");
        AtomicInteger answersToLose = new AtomicInteger(2);
        node(dataSource(), losingAnswers(jta(), answersToLose), consumer);
        arrive(1, "first");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSizeGreaterThanOrEqualTo(1));
        arrive(1, "second");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSizeGreaterThanOrEqualTo(2));
        arrive(1, "third");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSizeGreaterThanOrEqualTo(3));
        assertThat(answersToLose).hasValue(0);
        assertOnceAndInOrder(consumer);
    }

    /** As when the connection breaks after the database committed: nobody can know. */
    private static UserTransaction losingAnswers(UserTransaction jta, AtomicInteger howMany) {
        return (UserTransaction) Proxy.newProxyInstance(
                DispatchSuite.class.getClassLoader(),
                new Class<?>[] {UserTransaction.class},
                (proxy, method, arguments) -> {
                    Object result = method.invoke(jta, arguments);
                    boolean notified = method.getName().equals("commit")
                            && Thread.currentThread().getName().startsWith("pool");
                    if (notified && howMany.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new SystemException("the answer to the commit was lost on purpose");
                    }
                    return result;
                });
    }

    /** Another node that has a consumer, of which there is only the table. */
    private LaneTable registered(String consumer) throws Exception {
        return registered(consumer, UUID.randomUUID());
    }

    private LaneTable registered(String consumer, UUID node) throws Exception {
        new NodeTable(sql()).renew(node);
        transaction().run(() -> {
            new ConsumerTable(sql()).register(consumer, 0);
            new ConsumerTable(sql()).join(consumer, node);
        });
        return new LaneTable(sql(), node);
    }

    private List<Integer> lanesPerNode(String consumer) {
        try {
            return sql().query(
                            "select count(*) from mxhooks.lane where consumer = ? and owner is not null group by owner",
                            row -> row.getInt(1),
                            consumer);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
