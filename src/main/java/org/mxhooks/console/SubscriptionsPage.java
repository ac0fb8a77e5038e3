package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.relay.Attempt;
import org.mxhooks.relay.Subscriptions;

/** The subscriptions, and the attempts of one. */
@Named
@RequestScoped
public class SubscriptionsPage {

    private static final int LIMIT = 50;
    private static final int MAX_ROWS = 100;

    @Inject
    HttpServletRequest request;

    @Inject
    Figures figures;

    @Inject
    Subscriptions subscriptions;

    private List<SubscriptionRow> rows;
    private Optional<SubscriptionRow> chosen = Optional.empty();
    private List<AttemptRow> attempts = List.of();
    private String name;
    private String older = "";
    private int more;
    private boolean newest;
    private boolean unknown;

    /**
     * A call, as the list shows it.
     *
     * @param startedAt when
     * @param millis how long it took
     * @param status of the answer, or empty
     * @param success whether it took the delivery
     * @param result why there was no answer, or the beginning of it
     * @param next when it is tried again, or null
     * @param delivery the end of its id; empty for a test, which is none
     * @param url of its page
     */
    public record AttemptRow(
            Instant startedAt,
            long millis,
            String status,
            boolean success,
            String result,
            Instant next,
            String delivery,
            String url) {

        static AttemptRow of(Attempt attempt) {
            return new AttemptRow(
                    attempt.startedAt(),
                    attempt.duration().toMillis(),
                    attempt.status().isPresent()
                            ? String.valueOf(attempt.status().getAsInt())
                            : "",
                    attempt.status().isPresent() && attempt.status().getAsInt() / 100 == 2,
                    attempt.error().or(attempt::responseExcerpt).orElse(""),
                    attempt.nextAttemptAt().orElse(null),
                    attempt.position() == 0
                            ? ""
                            : DeliveryRow.shortened(attempt.delivery().toString()),
                    PageUrl.delivery(attempt.delivery().toString()));
        }
    }

    @PostConstruct
    void read() {
        PageQuery query = new PageQuery(request);
        name = query.text("name").orElse("");
        newest = query.text("before").isEmpty();
        List<SubscriptionRow> all = figures.subscriptions().stream()
                .map(SubscriptionRow::of)
                .filter(row -> row.name().toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT)))
                .toList();
        rows = all.stream().limit(MAX_ROWS).toList();
        more = all.size() - rows.size();
        Optional<UUID> id = query.uuid("id");
        chosen = id.flatMap(one -> PageData.read(() -> subscriptions.find(one))).map(SubscriptionRow::of);
        unknown = query.text("id").isPresent() && chosen.isEmpty();
        if (chosen.isPresent()) {
            readAttempts(id.get(), query.number("before").orElse(Long.MAX_VALUE));
        }
    }

    private void readAttempts(UUID id, long before) {
        List<Attempt> found = PageData.read(() -> subscriptions.attempts(id, before, LIMIT + 1))
                .orElse(List.of());
        attempts = found.stream().limit(LIMIT).map(AttemptRow::of).toList();
        if (found.size() > LIMIT) {
            String last = String.valueOf(found.get(LIMIT - 1).number());
            older = PageUrl.of("subscriptions", "id", id.toString(), "before", last);
        }
    }

    /** By name. */
    public List<SubscriptionRow> getRows() {
        return rows;
    }

    /** How many there are beside the rows. */
    public int getMore() {
        return more;
    }

    /** What the names shown have in common. */
    public String getName() {
        return name;
    }

    /** Whether the newest attempts are shown, which change. */
    public boolean isNewest() {
        return newest;
    }

    /** Whether one was asked for that there is not. */
    public boolean isUnknown() {
        return unknown;
    }

    /** The one that was asked for, or null. */
    public SubscriptionRow getChosen() {
        return chosen.orElse(null);
    }

    /** Its attempts, the newest first. */
    public List<AttemptRow> getAttempts() {
        return attempts;
    }

    /** The next page of attempts, or empty. */
    public String getOlder() {
        return older;
    }
}
