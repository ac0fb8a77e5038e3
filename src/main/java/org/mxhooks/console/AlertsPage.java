package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mxhooks.mirror.AlertPeriod;
import org.mxhooks.mirror.AlertSnapshot;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.mirror.Selection;

/** The newest alert of each service: those that are open, then those that ended. */
@Named
@RequestScoped
public class AlertsPage {

    @Inject
    HttpServletRequest request;

    @Inject
    Mirror mirror;

    @Inject
    SharedReads reads;

    private PageQuery query;
    private Optional<String> app;
    private List<AlertRow> open;
    private List<AlertRow> ended;
    private String moreOpen;
    private String moreEnded;

    /**
     * An alert, as the list shows it.
     *
     * @param service what it is about
     * @param environment its name or id
     * @param app the app's name
     * @param severity as the portal sends it
     * @param message for people, or empty
     * @param from when it began, or null
     * @param duration how long it lasted, or has lasted until now; or empty
     * @param longer whether it may have begun before
     * @param delivery the page of its delivery
     */
    public record AlertRow(
            String service,
            String environment,
            String app,
            String severity,
            String message,
            Instant from,
            String duration,
            boolean longer,
            String delivery) {

        static AlertRow of(AlertSnapshot alert, AlertPeriod period) {
            return new AlertRow(
                    alert.service(),
                    alert.environment().orElse(alert.environmentId()),
                    alert.appId(),
                    alert.severity(),
                    alert.message().orElse(""),
                    period.from().orElse(null),
                    period.from().map(begin -> duration(alert, begin, period)).orElse(""),
                    period.longer(),
                    PageUrl.delivery(alert.delivery()));
        }

        private static String duration(AlertSnapshot alert, Instant begin, AlertPeriod period) {
            Instant end = alert.open() ? Instant.now() : period.until().orElse(begin);
            return ConsoleText.span(Duration.between(begin, end));
        }

        /** The alerts of the same app. */
        public String ofApp() {
            return PageUrl.of("alerts", "app", app);
        }
    }

    @PostConstruct
    void read() {
        query = new PageQuery(request);
        app = query.app();
        Paged<AlertSnapshot> opened = page(true, "after-open");
        Paged<AlertSnapshot> recovered = page(false, "after-ended");
        open = rows(true, opened);
        ended = rows(false, recovered);
        moreOpen = more(opened, "after-open");
        moreEnded = more(recovered, "after-ended");
    }

    private Paged<AlertSnapshot> page(boolean isOpen, String after) {
        Selection selection = Paged.selection(query, after);
        return new Paged<>(
                reads.read(
                        "alerts " + isOpen + query.whole(),
                        () -> app.isPresent()
                                ? mirror.alerts(
                                        app.get(), Optional.of(isOpen), Optional.empty(), Optional.empty(), selection)
                                : mirror.alerts(isOpen, selection)),
                AlertSnapshot::change);
    }

    private List<AlertRow> rows(boolean isOpen, Paged<AlertSnapshot> page) {
        List<AlertSnapshot> alerts = page.rows();
        List<AlertPeriod> periods = reads.read("periods " + isOpen + query.whole(), () -> mirror.periods(alerts));
        return IntStream.range(0, alerts.size())
                .mapToObj(i -> AlertRow.of(alerts.get(i), periods.get(i)))
                .toList();
    }

    private String more(Paged<AlertSnapshot> page, String after) {
        return page.next()
                .map(end -> PageUrl.of("alerts", "app", getApp(), after, end))
                .orElse("");
    }

    /** The chosen app's name, or empty. */
    public String getApp() {
        return app.orElse("");
    }

    /** Those that are not ended. */
    public List<AlertRow> getOpen() {
        return open;
    }

    /** Those that are. */
    public List<AlertRow> getEnded() {
        return ended;
    }

    /** Further open ones; empty if there are none. */
    public String getMoreOpen() {
        return moreOpen;
    }

    /** Further ended ones; empty if there are none. */
    public String getMoreEnded() {
        return moreEnded;
    }

    /** What could not be understood. */
    public List<String> getProblems() {
        return query.problems();
    }
}
