package org.mxhooks.console;

import static java.util.Comparator.comparing;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.operations.ConsumerState;
import org.mxhooks.operations.DeliveryDetail;
import org.mxhooks.operations.Discarded;
import org.mxhooks.operations.Operations;
import org.mxhooks.relay.SentAttempt;
import org.mxhooks.relay.Subscriptions;

/** One delivery in full. */
@Named
@RequestScoped
public class OneDeliveryPage {

    private static final int MAX_ATTEMPTS = 200;

    @Inject
    HttpServletRequest request;

    @Inject
    Operations operations;

    @Inject
    Subscriptions subscriptions;

    private String id;
    private Optional<DeliveryDetail> detail = Optional.empty();
    private String pretty = "";
    private List<TimelineRow> timeline = List.of();

    @PostConstruct
    void read() {
        PageQuery query = new PageQuery(request);
        id = query.text("id").orElse("");
        detail = query.uuid("id").flatMap(known -> PageData.read(() -> operations.delivery(known)));
        pretty = detail.flatMap(known -> known.entry().body())
                .flatMap(ShownBody::pretty)
                .orElse("");
        timeline = detail.map(this::attempts).orElse(List.of());
    }

    /** A call of a subscription that failed is in its history, too; what is no call is there alone. */
    private List<TimelineRow> attempts(DeliveryDetail known) {
        List<SentAttempt> sent =
                PageData.read(() -> subscriptions.attempts(known.entry().position(), MAX_ATTEMPTS));
        List<TimelineRow> calls = sent.stream().map(TimelineRow::of).toList();
        Stream<TimelineRow> failed = known.consumers().stream()
                .flatMap(state -> state.history().stream().map(attempt -> TimelineRow.of(state.consumer(), attempt)))
                .filter(row -> calls.stream().noneMatch(row::isAbout));
        return Stream.concat(calls.stream(), failed)
                .sorted(comparing(TimelineRow::endedAt).reversed())
                .limit(MAX_ATTEMPTS)
                .toList();
    }

    /** What was asked for. */
    public String getId() {
        return id;
    }

    /** Whether there is such a delivery. */
    public boolean isFound() {
        return detail.isPresent();
    }

    /** What the list shows of it. */
    public DeliveryRow getRow() {
        return detail.map(known -> DeliveryRow.of(known.entry().summary(), known.state()))
                .orElse(null);
    }

    /** The scheme that verified it. */
    public String getScheme() {
        return detail.map(known -> known.entry().scheme()).orElse("");
    }

    /** The portal's id, which the signature may not cover; or empty. */
    public String getPortalId() {
        return detail.flatMap(known -> known.entry().attributes().portalId()).orElse("");
    }

    /** When the portal says that it changed, or null. */
    public Instant getUpdatedAt() {
        return detail.flatMap(known -> known.entry().attributes().updatedAt()).orElse(null);
    }

    /** What is missing, malformed or not understood. */
    public List<String> getRemarks() {
        return detail.map(known -> known.entry().attributes().remarks()).orElse(List.of());
    }

    /** Why the body is no event; or empty. */
    public String getUndecodable() {
        return detail.flatMap(known -> known.entry().attributes().undecodable()).orElse("");
    }

    /** The headers that were kept. */
    public List<ShownHeaders.Line> getHeaders() {
        return detail.map(known -> ShownHeaders.of(known.entry().headers())).orElse(List.of());
    }

    /** The body with line breaks and indents, if it is JSON; or empty. */
    public String getPretty() {
        return pretty;
    }

    /** The body as it arrived; or empty. */
    public String getRaw() {
        return detail.flatMap(known -> known.entry().body()).map(ShownBody::raw).orElse("");
    }

    /** Commands that send it again; null once the body was removed. */
    public SendCommands getCommands() {
        return detail.filter(known -> known.entry().body().isPresent())
                .map(known -> SendCommands.of(application(), known.entry()))
                .orElse(null);
    }

    private String application() {
        String url = request.getRequestURL().toString();
        return url.substring(0, url.indexOf("/", url.indexOf("//") + 2)) + request.getContextPath();
    }

    /**
     * Commands that send a delivery again.
     *
     * @param curl as it arrived
     * @param mxhooks signed anew
     */
    public record SendCommands(String curl, String mxhooks) {

        static SendCommands of(String application, LogEntry entry) {
            SendAgain commands = new SendAgain(
                    application,
                    entry.endpoint(),
                    ShownHeaders.of(entry.headers()),
                    entry.body().orElseThrow(),
                    "body-" + entry.delivery());
            return new SendCommands(commands.curl(), commands.mxhooks(entry.scheme()));
        }
    }

    /** The file with the body. */
    public String getBodyUrl() {
        return PageUrl.of("download", "list", "body", "id", id);
    }

    /** The list of deliveries about the same story, sprint or other resource; empty if there is none. */
    public String getResourceUrl() {
        return detail.flatMap(known -> known.entry().attributes().resource())
                .map(resource -> PageUrl.of("deliveries", "appId", getRow().appId(), "resourceId", resource.id()))
                .orElse("");
    }

    /** Who discarded it, where its body could not be decoded; or null. */
    public Discarded getDiscarded() {
        return detail.flatMap(DeliveryDetail::discarded).orElse(null);
    }

    /** The page that asks before a dead letter is discarded. */
    public String discardUrl(String consumer) {
        return PageUrl.of("repair", "order", "discard", "delivery", id, "consumer", consumer);
    }

    /** Whether the body is still there. */
    public boolean isBodyKept() {
        return detail.flatMap(known -> known.entry().body()).isPresent();
    }

    /** How far each consumer is, the worst first. */
    public List<StateRow> getStates() {
        return detail.map(known -> known.consumers().stream()
                        .sorted(comparing(ConsumerState::state).reversed())
                        .map(StateRow::of)
                        .toList())
                .orElse(List.of());
    }

    /** The attempts that are kept, the newest first. */
    public List<TimelineRow> getTimeline() {
        return timeline;
    }

    /**
     * How far a consumer is with the delivery, as the page shows it.
     *
     * @param consumer its name
     * @param state in one word
     * @param attempts how many were begun
     * @param due when it is tried next, or null
     * @param reason of the last failure, or empty
     * @param message what it said, or empty
     * @param trace its stack trace, or empty
     * @param replay whether it is a replay
     * @param discarded who discarded it, or null
     */
    public record StateRow(
            String consumer,
            String state,
            int attempts,
            Instant due,
            String reason,
            String message,
            String trace,
            boolean replay,
            Discarded discarded) {

        static StateRow of(ConsumerState state) {
            return new StateRow(
                    state.consumer(),
                    PageQuery.word(state.state()),
                    state.attempts(),
                    state.due()
                            .or(() -> state.waiting().map(waiting -> waiting.nextTry()))
                            .orElse(null),
                    state.reason()
                            .or(() -> state.waiting().map(waiting -> waiting.reason()))
                            .orElse(""),
                    state.message()
                            .or(() -> state.waiting().map(waiting -> waiting.message()))
                            .orElse(""),
                    state.trace().orElse(""),
                    state.replay(),
                    state.discarded().orElse(null));
        }

        /** Whether an operator can have it notified again. */
        public boolean replayable() {
            return !state.equals("pending");
        }
    }

    /** When an erasure of a person changed the body, or null. */
    public Instant getErasedAt() {
        return detail.flatMap(DeliveryDetail::erasedAt).orElse(null);
    }
}
