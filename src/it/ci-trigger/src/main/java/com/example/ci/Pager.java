package com.example.ci;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mxhooks.event.AlertEvent;

/**
 * A client of an incident endpoint in the form of PagerDuty's Events API, version 2. An incident has a key: opened or
 * closed twice, it is the same one, so a repeated call does no harm.
 */
@ApplicationScoped
public class Pager {

    private static final int MAX_SUMMARY = 1_000;

    @Inject
    RemoteCalls calls;

    /** For example {@code https://events.pagerduty.com/v2/enqueue}. */
    @Inject
    @ConfigProperty(name = "ci.incidents.url")
    URI url;

    @Inject
    @ConfigProperty(name = "ci.incidents.key")
    String routingKey;

    void open(String incident, AlertEvent alert) {
        String message = alert.message().or(alert::service).orElse("An alert");
        send(event("trigger", incident)
                .add(
                        "payload",
                        Json.createObjectBuilder()
                                .add("summary", message.substring(0, Math.min(MAX_SUMMARY, message.length())))
                                .add("source", alert.url().or(alert::appId).orElse("unknown"))
                                .add("severity", "critical")));
    }

    void close(String incident) {
        send(event("resolve", incident));
    }

    private JsonObjectBuilder event(String action, String incident) {
        return Json.createObjectBuilder()
                .add("routing_key", routingKey)
                .add("event_action", action)
                .add("dedup_key", incident);
    }

    private void send(JsonObjectBuilder event) {
        calls.send(
                "The incident endpoint",
                HttpRequest.newBuilder(url)
                        .timeout(RemoteCalls.TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(event.build().toString()))
                        .build());
    }
}
