package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** All consumers with their outstanding work. */
@Named
@RequestScoped
public class ConsumersPage {

    @Inject
    Figures figures;

    private List<ConsumerRow> rows;

    @PostConstruct
    void read() {
        rows = PageData.read(figures::snapshot).backlogs().stream()
                .map(ConsumerRow::of)
                .toList();
    }

    /** By name. */
    public List<ConsumerRow> getRows() {
        return rows;
    }
}
