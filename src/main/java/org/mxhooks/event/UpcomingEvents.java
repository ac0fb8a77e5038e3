package org.mxhooks.event;

import java.util.List;

/**
 * Events that a consumer is about to be notified of in one transaction, so that it can read at once what it needs for
 * all of them. The bean of the consumer may observe it:
 *
 * <pre>{@code
 * void readAhead(@Observes UpcomingEvents upcoming) {
 *     … // one query for the rows of all stories; each is in the persistence context afterwards
 * }
 * }</pre>
 *
 * <p>It is a hint, and no {@link WebhookEvent}; its observer is no consumer. It is notified in the transaction of the
 * events, with a request context, before the first of them; where several events share no transaction, as in retries
 * and replays, it is not notified. Some of the events may come in a later transaction, each alone, which is not
 * announced again: what is read for them by then is gone with the persistence context. If the observer throws, or the
 * transaction takes longer than a second with it, it is rolled back, and the events are notified one by one, without
 * it. A bean with several consumers is notified for each. Observers in other beans, and asynchronous ones, are never
 * notified.
 *
 * @param events that the consumer observes, each resource's in their order; at least two
 */
public record UpcomingEvents(List<WebhookEvent> events) {

    public UpcomingEvents {
        events = List.copyOf(events);
    }
}
