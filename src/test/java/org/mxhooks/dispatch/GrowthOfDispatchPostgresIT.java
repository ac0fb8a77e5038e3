package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.inbox.Place;
import org.mxhooks.operations.Growth;

/** What dispatch asks costs as much in a large log, with much parked and replayed, as in a small one. */
@Tag("persistence")
class GrowthOfDispatchPostgresIT {

    private static final List<Integer> LANES =
            IntStream.range(0, Place.LANES).boxed().toList();

    @Test
    void parkedEvents() throws Exception {
        Growth.assertNone((database, explained, inbox) -> {
            ParkedTable parked = new ParkedTable(new Sql(explained), UUID.randomUUID(), true);
            ParkedLanes lanes = new ParkedLanes(new Sql(explained));
            Map<String, Callable<?>> work = new LinkedHashMap<>();
            work.put(
                    "lanes with anything due",
                    () -> lanes.due(LANES.stream()
                            .map(lane -> new LaneKey("consumer-0", lane))
                            .toList()));
            work.put("lanes in which anything waits", () -> lanes.waitIn("consumer-0", LANES));
            work.put("consumers with replays", () -> lanes.withReplays(List.of("consumer-0", "consumer-1")));
            work.put("lanes with replays", () -> lanes.replaysIn("consumer-1", LANES));
            work.put("parked that is due too late", () -> new MisdatedRetries(new Sql(explained)).makeDue());
            work.put("whether a resource waits", () -> parked.waits("consumer-0", "story 1"));
            work.put("whether none waits", () -> parked.waits("consumer-0", "story 2"));
            for (String consumer : List.of("consumer-0", "consumer-1")) {
                work.put("retry of " + consumer, () -> attempt(parked, consumer, false));
                work.put("replay of " + consumer, () -> attempt(parked, consumer, true));
            }
            return work;
        });
    }

    /** An attempt that succeeds. */
    private static boolean attempt(ParkedTable parked, String consumer, boolean replay) throws Exception {
        boolean any = false;
        for (int lane : LANES) {
            var next = replay ? parked.nextReplay(consumer, lane) : parked.nextDue(consumer, lane);
            if (next.isPresent()) {
                any = true;
                parked.begin(next.get(), new LaneClaim(consumer, lane, 0, 0, 0), Duration.ofSeconds(1));
                parked.postpone(next.get(), Duration.ofSeconds(1));
                parked.finish(next.get());
            }
        }
        return any;
    }

    @Test
    void consumersAndLanes() throws Exception {
        Growth.assertNone((database, explained, inbox) -> {
            Sql sql = new Sql(explained);
            UUID node = UUID.randomUUID();
            LaneTable lanes = new LaneTable(sql, node);
            ConsumerTable consumers = new ConsumerTable(sql);
            Map<String, Callable<?>> work = new LinkedHashMap<>();
            work.put("heartbeat", () -> {
                new NodeTable(sql).renew(node);
                return true;
            });
            work.put("standings", () -> consumers.standings(List.of("consumer-0", "consumer-1"), node));
            work.put("free lanes", () -> lanes.free(List.of("consumer-0", "consumer-1"), true));
            work.put("lanes of gone nodes", () -> lanes.goneOwners(List.of("consumer-0", "consumer-1")));
            work.put("claim", () -> {
                lanes.claim("consumer-0", Place.LANES, true);
                return lanes.held();
            });
            work.put("grown lanes", () -> inbox.lanesGrown(inbox.head() - 100, inbox.head()));
            work.put("read of a lane", () -> inbox.read(1, inbox.head() / 2, 32, 1_000_000));
            work.put("read of its end", () -> inbox.read(1, inbox.head() - 50, 32, 1_000_000));
            work.put("read of a category", () -> read(inbox, "stories"));
            work.put("read of an unwanted category", () -> read(inbox, "none"));
            work.put(
                    "unwanted categories", () -> inbox.lastBefore(List.of("none"), new Place(1, inbox.head() - 5_000)));
            work.put("retirement", () -> consumers.deleteParked("consumer-2", 100));
            return work;
        });
    }

    private static List<LogEntry> read(Inbox inbox, String category) throws SQLException {
        return inbox.readOf(List.of(category), new Place(1, inbox.head() - 5_000), 32, 1_000_000);
    }
}
