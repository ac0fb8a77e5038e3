package org.mxhooks.console;

import java.time.Instant;
import org.mxhooks.mirror.SprintSnapshot;

/**
 * A sprint, as a list shows it.
 *
 * @param id its number
 * @param name its title, or empty
 * @param status as the portal sends it, or empty
 * @param start when it begins, or null
 * @param end when it ends, or null
 * @param changedAt by the portal's clock, or null
 * @param url its page
 * @param board the board with its stories only
 * @param delivery the page of the delivery that it comes from
 */
public record SprintRow(
        long id,
        String name,
        String status,
        Instant start,
        Instant end,
        Instant changedAt,
        String url,
        String board,
        String delivery) {

    static SprintRow of(SprintSnapshot sprint) {
        String app = sprint.version().appId();
        String id = String.valueOf(sprint.sprintId());
        return new SprintRow(
                sprint.sprintId(),
                sprint.name().orElse(""),
                sprint.status().orElse(""),
                sprint.startDate().orElse(null),
                sprint.endDate().orElse(null),
                sprint.version().updatedAt().orElse(null),
                PageUrl.of("sprint", "app", app, "id", id),
                PageUrl.of("stories", "app", app, "sprint", id),
                PageUrl.delivery(sprint.version().delivery()));
    }

    /** Its name, or its number. */
    public String title() {
        return name.isEmpty() ? "#" + id : name;
    }
}
