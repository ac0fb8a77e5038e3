package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxhooks.mirror.Change;

/** A story and its versions. */
@Named
@RequestScoped
public class OneStoryPage extends VersionsPage {

    public OneStoryPage() {
        super("story");
    }

    @PostConstruct
    void open() {
        read();
    }

    @Override
    Optional<ShownVersion> version(String app, long id) {
        return mirror.story(app, id).map(ShownVersion::of);
    }

    @Override
    Optional<ShownVersion> version(String app, long id, Instant at) {
        return mirror.story(app, id, at).map(ShownVersion::of);
    }

    @Override
    List<ShownVersion> versions(String app, long id, Optional<Change> after, int limit) {
        return mirror.storyVersions(app, id, after, limit).stream()
                .map(ShownVersion::of)
                .toList();
    }

    /** The pushes whose commits name its number. */
    public String getPushesUrl() {
        return PageUrl.of("pushes", "app", getApp(), "story", String.valueOf(getId()));
    }
}
