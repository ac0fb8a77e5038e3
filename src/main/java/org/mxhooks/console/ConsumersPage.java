package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.mxhooks.operations.Backlog;

/** All consumers with their outstanding work. */
@Named
@RequestScoped
public class ConsumersPage {

    @Inject
    Figures figures;

    @Inject
    ConsumerRates rates;

    @Inject
    ConsumerNames names;

    private List<ConsumerRow> rows;

    @PostConstruct
    void read() {
        List<Backlog> backlogs = figures.snapshot().backlogs();
        PageData.read(() -> {
            rates.take(backlogs);
            return backlogs;
        });
        rows = backlogs.stream().map(backlog -> ConsumerRow.of(backlog, names)).toList();
    }

    /** How many deliveries a consumer passes in a second, or an empty text. */
    public String rate(String consumer) {
        OptionalDouble rate = rates.of(consumer);
        return rate.isEmpty() ? "" : String.format(Locale.ROOT, "%,.1f", rate.getAsDouble());
    }

    /** The page that replays a period to a consumer. */
    public String replayUrl(String consumer) {
        return PageUrl.of("repair", "order", "replay-period", "consumer", consumer);
    }

    /** By name. */
    public List<ConsumerRow> getRows() {
        return rows;
    }
}
