package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxhooks.mirror.Change;

/** A sprint and its versions. */
@Named
@RequestScoped
public class OneSprintPage extends VersionsPage {

    public OneSprintPage() {
        super("sprint");
    }

    @PostConstruct
    void open() {
        read();
    }

    @Override
    Optional<ShownVersion> version(String app, long id) {
        return mirror.sprint(app, id).map(ShownVersion::of);
    }

    @Override
    Optional<ShownVersion> version(String app, long id, Instant at) {
        return mirror.sprint(app, id, at).map(ShownVersion::of);
    }

    @Override
    List<ShownVersion> versions(String app, long id, Optional<Change> after, int limit) {
        return mirror.sprintVersions(app, id, after, limit).stream()
                .map(ShownVersion::of)
                .toList();
    }

    /** The board with its stories only, as of the same instant. */
    public String getStoriesUrl() {
        return PageUrl.of(
                "stories",
                "app",
                getApp(),
                "sprint",
                String.valueOf(getId()),
                "at",
                Optional.ofNullable(getAt()).map(Instant::toString).orElse(""));
    }
}
