package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.WireFiles;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.mendix.DecodedBody;

class NotificationTest {

    /** Not by the scheme that the endpoint has when the event is dispatched. */
    @ParameterizedTest
    @CsvSource({
        "standard-webhooks, teamserver-push.json, org.mxhooks.event.TeamServerPushEvent",
        "standard-webhooks, alert.json, org.mxhooks.event.AlertEvent",
        "standard-webhooks, story-updated.json, org.mxhooks.event.UnknownEvent",
        "projects, story-updated.json, org.mxhooks.event.StoryEvent",
        "projects, teamserver-push.json, org.mxhooks.event.UnknownEvent"
    })
    void aDeliveryIsDecodedByTheSchemeThatItIsStoredWith(
            String scheme, String file, Class<? extends WebhookEvent> event) throws Exception {
        byte[] body = WireFiles.bytes("bodies/" + file);
        LogEntry entry = new LogEntry(
                1,
                UUID.randomUUID(),
                "default",
                scheme,
                Instant.EPOCH,
                0,
                DecodedBody.decode(scheme, body).attributes(Optional.empty(), List.of(), body, Instant.EPOCH),
                "{}",
                Optional.of(body));

        assertThat(Notification.of(entry, false).orElseThrow().event()).isInstanceOf(event);
    }
}
