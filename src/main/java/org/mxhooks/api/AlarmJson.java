package org.mxhooks.api;

import static org.mxhooks.api.JsonObjects.add;
import static org.mxhooks.api.JsonObjects.object;

import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import org.mxhooks.event.OperatorAlert;

/** Alarms as JSON. */
final class AlarmJson {

    private AlarmJson() {}

    static JsonObjectBuilder of(OperatorAlert alarm) {
        JsonObjectBuilder json = object().add("kind", alarm.kind().toString())
                .add("subject", alarm.subject())
                .add("status", alarm.status().name().toLowerCase(Locale.ROOT))
                .add("raisedAt", alarm.raisedAt().toString());
        add(json, "endedAt", alarm.endedAt());
        json.add("problem", alarm.problem()).add("remedy", alarm.remedy());
        add(json, "command", alarm.command());
        return json;
    }
}
