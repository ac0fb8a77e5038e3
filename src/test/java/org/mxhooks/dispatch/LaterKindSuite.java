package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.Receipt;
import org.mxhooks.inbox.TestInbox;

/**
 * A kind of resource that one release logs as unknown and the next one decodes, with a backlog at the upgrade:
 * src/site/markdown/adr/0021-lanes-outlive-the-decoder.md.
 */
@Tag("persistence")
abstract class LaterKindSuite extends DispatchFixture {

    private static final long RESOURCE = 7;
    private static final long OTHER = 8;

    private final TestInbox releases = new TestInbox();

    @Override
    final Inbox inbox(TestDatabase database) {
        return releases.on(database);
    }

    @Test
    void aBacklogIsDealtWithBeforeWhatFollowsTheUpgrade() throws SQLException {
        for (int i = 0; i < 100; i++) {
            log(i % 9, "before " + i);
        }
        releases.upgrade();
        for (int i = 0; i < 100; i++) {
            log(i % 9, "after " + i);
        }
        List<EffectLog> consumers =
                List.of(consumer("of everything"), consumer("of the kind").ofCategories("wishes"));

        node(consumers.toArray(EventConsumer[]::new));
        node(consumers.toArray(EventConsumer[]::new));

        for (EffectLog consumer : consumers) {
            eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(200));
            assertOnceAndInOrder(consumer);
        }
    }

    @Test
    void whatFollowsTheUpgradeWaitsBehindAnOlderEventThatFails() throws SQLException {
        log(RESOURCE, "failing");
        log(OTHER, "fine");
        log(RESOURCE, "second");
        releases.upgrade();
        log(RESOURCE, "third");
        log(OTHER, "fine too");
        EffectLog consumer = consumer("one").failingOn("failing");

        node(consumer);

        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(3));
        assertThat(consumer.effects()).extracting(EffectLog.Effect::storyId).containsOnly(OTHER);
        consumer.mend();
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(5));
        assertOnceAndInOrder(consumer);
    }

    /** The bounded exception: its parked row says that no later event belongs behind it. */
    @Test
    void anEventThatWasParkedWhileUnknownHoldsNothingBack() throws Exception {
        log(RESOURCE, "failing");
        EffectLog consumer = consumer("one").failingOn("failing");
        AutoCloseable before = node(consumer);
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(1));
        before.close();
        releases.upgrade();
        log(RESOURCE, "second");

        node(consumer);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        assertThat(parked("one")).hasSize(1);
        consumer.mend();
        eventually()
                .untilAsserted(() -> assertThat(consumer.effects())
                        .extracting(EffectLog.Effect::position)
                        .isEqualTo(List.of(2L, 1L)));
    }

    @Test
    void aBodyOnWhichTheNextReleasesDecoderFailsHoldsNothingBack() throws SQLException {
        log(RESOURCE, "a body that fails to decode");
        log(RESOURCE, "fine");
        releases.breakDecoder();
        log(OTHER, "fine too");
        EffectLog consumer = consumer("one");

        node(consumer);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSizeGreaterThanOrEqualTo(2));
    }

    private void log(long resource, String name) {
        assertThat(receiptOf(releases.arrival(Arrivals.withIdentity(
                        Arrivals.story(resource, name), UUID.randomUUID().toString()))))
                .isInstanceOf(Receipt.Accepted.class);
    }
}
