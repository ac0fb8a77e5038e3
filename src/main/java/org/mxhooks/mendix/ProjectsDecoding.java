package org.mxhooks.mendix;

import java.time.Instant;
import java.util.List;
import org.mxhooks.event.WebhookEvent;

/** The body of a projects webhook: a story's, a sprint's, or an unknown one. */
record ProjectsDecoding(ProjectsBody body) implements Decoding {

    @Override
    public WebhookEvent toEvent(Provenance provenance) {
        return body.subject()
                .flatMap(subject -> subject.id().map(id -> event(subject, id, provenance)))
                .orElseGet(() -> new DecodedUnknown(body, provenance));
    }

    private WebhookEvent event(Subject subject, long id, Provenance provenance) {
        return switch (subject.kind()) {
            case STORY -> new DecodedStory(body, provenance, id, subject.state());
            case SPRINT -> new DecodedSprint(body, provenance, id, subject.state());
        };
    }

    @Override
    public List<String> remarks(boolean hasUniqueNames, Instant receivedAt) {
        return new ProjectsRemarks(body, receivedAt).all(hasUniqueNames);
    }
}
