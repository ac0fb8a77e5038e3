package org.mxhooks.console;

import java.time.Instant;
import org.mxhooks.inbox.DeliverySummary;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.operations.ConsumerState.State;

/**
 * A delivery, as a list shows it.
 *
 * @param id its id
 * @param receivedAt by the database's clock
 * @param endpoint that accepted it
 * @param category as in the event
 * @param action as in the event
 * @param appId the app's, or empty
 * @param resource what it is about, or empty
 * @param state the worst of all consumers'
 */
public record DeliveryRow(
        String id,
        Instant receivedAt,
        String endpoint,
        String category,
        String action,
        String appId,
        String resource,
        String state) {

    static DeliveryRow of(DeliverySummary summary, State state) {
        Attributes attributes = summary.attributes();
        return new DeliveryRow(
                summary.delivery().toString(),
                summary.receivedAt(),
                summary.endpoint(),
                attributes.category(),
                attributes.action(),
                attributes.appId().orElse(""),
                attributes
                        .resource()
                        .map(about -> about.type() + " " + about.id())
                        .orElse(""),
                PageQuery.word(state));
    }

    /** Its page. */
    public String url() {
        return PageUrl.of("delivery", "id", id);
    }

    /** Its id without what most have in common. */
    public String shortId() {
        return shortened(id);
    }

    static String shortened(String id) {
        return id.substring(id.length() - 12);
    }
}
