package org.mxhooks.mendix;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.event.Company;
import org.mxhooks.event.Project;
import org.mxhooks.event.Sender;
import org.mxhooks.event.WebhookEvent;

/** What every event offers, read from the payload when it is asked for. */
abstract class DecodedEvent implements WebhookEvent {

    private final Payload payload;
    private final Provenance provenance;

    DecodedEvent(Payload payload, Provenance provenance) {
        this.payload = payload;
        this.provenance = provenance;
    }

    @Override
    public final UUID delivery() {
        return provenance.delivery();
    }

    @Override
    public final Optional<String> portalId() {
        return provenance.portalId();
    }

    @Override
    public final String endpoint() {
        return provenance.endpoint();
    }

    @Override
    public final long position() {
        return provenance.position();
    }

    @Override
    public final Optional<String> traceParent() {
        return TraceContext.of(provenance.headers()).parent();
    }

    @Override
    public final Optional<String> traceState() {
        return TraceContext.of(provenance.headers()).state();
    }

    @Override
    public final boolean replay() {
        return provenance.replay();
    }

    @Override
    public final String category() {
        return payload.category();
    }

    @Override
    public final String action() {
        return payload.action();
    }

    @Override
    public final Optional<String> appId() {
        return payload.appId();
    }

    @Override
    public final Optional<Instant> createdAt() {
        return payload.createdAt();
    }

    @Override
    public final Optional<Instant> updatedAt() {
        return payload.updatedAt();
    }

    @Override
    public final Optional<Sender> sender() {
        return payload.body()
                .object("Sender")
                .map(sender -> new Sender(
                        sender.text("Name"),
                        sender.text("FullName"),
                        sender.text("EmailAddress"),
                        sender.text("OpenId"),
                        sender.text("Avatar"),
                        company(sender)));
    }

    @Override
    public final Optional<Project> project() {
        return payload.body()
                .object("Project")
                .map(project -> new Project(
                        project.text("Name"), project.text("AppId"), project.text("Avatar"), company(project)));
    }

    @Override
    public final JsonObject json() {
        return payload.body().object();
    }

    @Override
    public final String toString() {
        return "%s %s, delivery %s".formatted(category(), action(), delivery());
    }

    private static Optional<Company> company(JsonFields owner) {
        return owner.object("Company")
                .map(company -> new Company(company.text("AccountId"), company.text("DisplayName")));
    }
}
