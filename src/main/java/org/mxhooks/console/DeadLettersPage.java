package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxhooks.operations.BoundedCount;
import org.mxhooks.operations.ConsumerState.State;
import org.mxhooks.operations.DeadLetter;
import org.mxhooks.operations.Operations;

/** Dead letters: their groups, and the letters of one. */
@Named
@RequestScoped
public class DeadLettersPage {

    private static final int LIMIT = 50;

    @Inject
    HttpServletRequest request;

    @Inject
    Figures figures;

    @Inject
    Operations operations;

    private PageQuery query;
    private List<DeadRow> groups;
    private List<DeadLetter> letters;
    private BoundedCount chosen;
    private BoundedCount replayable;

    /**
     * A dead letter, as the list shows it.
     *
     * @param delivery what is known of the delivery
     * @param consumer that failed; empty if the body could not be decoded
     * @param deadAt since when
     * @param attempts how many were made
     * @param reason of the last failure
     * @param message what it said
     */
    public record LetterRow(
            DeliveryRow delivery, String consumer, Instant deadAt, int attempts, String reason, String message) {

        static LetterRow of(DeadLetter letter) {
            return new LetterRow(
                    DeliveryRow.of(letter.summary(), State.DEAD),
                    letter.consumer().orElse(""),
                    letter.deadAt(),
                    letter.attempts(),
                    letter.reason(),
                    letter.message());
        }

        /** The page that asks before it is discarded. */
        public String discardUrl() {
            return PageUrl.of("repair", "order", "discard", "delivery", delivery.id(), "consumer", consumer);
        }
    }

    @PostConstruct
    void read() {
        query = new PageQuery(request);
        groups = figures.snapshot().dead().stream().map(DeadRow::of).toList();
        chosen = PageData.read(() -> operations.countDead(query.text("consumer"), query.text("reason")));
        replayable = query.text("consumer").isPresent()
                ? chosen
                : PageData.read(() -> operations.countReplayable(Optional.empty(), query.text("reason")));
        letters = PageData.read(() -> operations.deadLetters(
                query.text("consumer"),
                query.text("reason"),
                query.number("before").orElse(Long.MAX_VALUE),
                value("beyond"),
                LIMIT + 1));
    }

    /** The largest first. */
    public List<DeadRow> getGroups() {
        return groups;
    }

    /** One page, the newest delivery first. */
    public List<LetterRow> getRows() {
        return letters.stream().limit(LIMIT).map(LetterRow::of).toList();
    }

    /** The page of older ones; empty if there is none. */
    public String getOlder() {
        if (letters.size() <= LIMIT) {
            return "";
        }
        DeadLetter last = letters.get(LIMIT - 1);
        return PageUrl.of(
                "dead-letters",
                "consumer",
                value("consumer"),
                "reason",
                value("reason"),
                "before",
                String.valueOf(last.summary().position()),
                "beyond",
                last.consumer().orElse(""));
    }

    /** Whether one group is chosen. */
    public boolean isFiltered() {
        return query.text("consumer").isPresent() || query.text("reason").isPresent();
    }

    /** How many the choice has, of all pages. */
    public BoundedCount getChosen() {
        return chosen;
    }

    /** How many of these can be replayed: what could not be decoded is no event. */
    public BoundedCount getReplayable() {
        return replayable;
    }

    /** The page that replays all of the choice; empty where there is nothing to replay. */
    public String getReplayAll() {
        return replayable.number() == 0 ? "" : repair("replay-dead");
    }

    /** The page that discards all of the choice. */
    public String getDiscardAll() {
        return repair("discard-dead");
    }

    private String repair(String order) {
        return PageUrl.of("repair", "order", order, "consumer", value("consumer"), "reason", value("reason"));
    }

    /** The choice as a file. */
    public String download(String format) {
        return PageUrl.of(
                "download",
                "list",
                "dead-letters",
                "format",
                format,
                "consumer",
                value("consumer"),
                "reason",
                value("reason"));
    }

    /** What was sent for a filter. */
    public String value(String name) {
        return query.text(name).orElse("");
    }
}
