package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.relay.Attempt;
import org.mxhooks.relay.Subscriptions;

/** The subscriptions, and the attempts of one. */
@Named
@RequestScoped
public class SubscriptionsPage {

    private static final int LIMIT = 50;

    @Inject
    HttpServletRequest request;

    @Inject
    Subscriptions subscriptions;

    private List<SubscriptionRow> rows;
    private Optional<SubscriptionRow> chosen = Optional.empty();
    private List<AttemptRow> attempts = List.of();

    /**
     * A call, as the list shows it.
     *
     * @param startedAt when
     * @param millis how long it took
     * @param status of the answer, or empty
     * @param success whether it took the delivery
     * @param result why there was no answer, or the beginning of it
     * @param next when it is tried again, or null
     * @param delivery the URL of its page
     */
    public record AttemptRow(
            Instant startedAt,
            long millis,
            String status,
            boolean success,
            String result,
            Instant next,
            String delivery) {

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
                    PageUrl.of("delivery", "id", attempt.delivery().toString()));
        }
    }

    @PostConstruct
    void read() {
        rows = PageData.read(subscriptions::all).stream()
                .map(SubscriptionRow::of)
                .toList();
        Optional<UUID> id = new PageQuery(request).uuid("id");
        if (id.isPresent()) {
            chosen = rows.stream()
                    .filter(row -> row.id().equals(id.get().toString()))
                    .findFirst();
            attempts =
                    PageData.read(() -> subscriptions.attempts(id.get(), Long.MAX_VALUE, LIMIT))
                            .orElse(List.of())
                            .stream()
                            .map(AttemptRow::of)
                            .toList();
        }
    }

    /** By name. */
    public List<SubscriptionRow> getRows() {
        return rows;
    }

    /** The one that was asked for, or null. */
    public SubscriptionRow getChosen() {
        return chosen.orElse(null);
    }

    /** Its latest attempts, the newest first. */
    public List<AttemptRow> getAttempts() {
        return attempts;
    }
}
