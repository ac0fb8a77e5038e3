package org.mxhooks.console;

import java.time.Instant;
import org.mxhooks.event.OperatorAlert;

/**
 * An alarm, as the overview shows it.
 *
 * @param kind as in the API
 * @param subject with what something is wrong
 * @param url of the page that shows it
 * @param since when it was raised
 * @param problem a sentence
 * @param remedy a sentence
 */
public record AlarmRow(String kind, String subject, String url, Instant since, String problem, String remedy) {

    /** @param names what people call consumers */
    static AlarmRow of(OperatorAlert alarm, ConsumerNames names) {
        return new AlarmRow(
                alarm.kind().toString(),
                alarm.kind() == OperatorAlert.Kind.DEAD_LETTERS ? names.of(alarm.subject()) : alarm.subject(),
                url(alarm),
                alarm.raisedAt(),
                alarm.problem(),
                alarm.remedy());
    }

    private static String url(OperatorAlert alarm) {
        return switch (alarm.kind()) {
            case SILENT_ENDPOINT, VERSION_EXPIRY -> PageUrl.of("endpoints");
            case NEW_FIELD, VANISHED_FIELD ->
                PageUrl.of("deliveries", "category", alarm.subject().replaceFirst(" .*", ""));
            case DEAD_LETTERS -> PageUrl.of("dead-letters", "consumer", alarm.subject());
            case OPEN_BREAKER -> PageUrl.of("subscriptions");
        };
    }
}
