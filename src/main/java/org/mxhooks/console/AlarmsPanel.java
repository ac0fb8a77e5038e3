package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mxhooks.event.OperatorAlert;

/** The alarms, at the top of the overview. */
@Named
@RequestScoped
public class AlarmsPanel {

    private static final int MAX_ROWS = 20;

    @Inject
    Figures figures;

    @Inject
    ConsumerNames names;

    private List<OperatorAlert> alarms;

    @PostConstruct
    void read() {
        alarms = figures.snapshot().alarms();
    }

    /** The newest. */
    public List<AlarmRow> getRows() {
        return alarms.stream()
                .limit(MAX_ROWS)
                .map(alarm -> AlarmRow.of(alarm, names))
                .toList();
    }

    /** How many last. */
    public int getCount() {
        return alarms.size();
    }

    /** How many are not shown. */
    public int getMore() {
        return Math.max(0, alarms.size() - MAX_ROWS);
    }
}
