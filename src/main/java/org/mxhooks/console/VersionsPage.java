package org.mxhooks.console;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.mxhooks.mirror.Change;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.mirror.VersionDetails;

/** A story or a sprint: its state, now or as of an instant, and its versions with what changed in each. */
public abstract class VersionsPage {

    private static final int LIMIT = 20;

    @Inject
    HttpServletRequest request;

    @Inject
    Mirror mirror;

    @Inject
    SharedReads reads;

    private final String page;
    private PageQuery query;
    private String app;
    private long id;
    private boolean newest;
    private Optional<Instant> at;
    private Optional<ShownVersion> shown = Optional.empty();
    private List<ShownVersion> versions = List.of();

    /** @param page its name in addresses */
    VersionsPage(String page) {
        this.page = page;
    }

    /**
     * A version, as the list shows it.
     *
     * @param at by the portal's clock, or null
     * @param sender who caused it, or empty
     * @param changes what is different from the version before
     * @param first whether no version before it is kept
     * @param shown whether it is the one above
     * @param url the page as of this version, or empty
     * @param delivery the page of the delivery that it comes from
     */
    public record VersionRow(
            Instant at,
            String sender,
            List<FieldChange> changes,
            boolean first,
            boolean shown,
            String url,
            String delivery) {}

    final void read() {
        query = new PageQuery(request);
        app = query.app().orElse("");
        id = query.number("id").orElse(-1);
        at = query.instant("at");
        Optional<Change> after = query.change("after");
        newest = after.isEmpty();
        versions = read("versions", () -> versions(app, id, after, LIMIT + 1));
        shown = read("shown", () -> at.isPresent() ? version(app, id, at.get()) : version(app, id));
    }

    private <T> T read(String what, Callable<T> read) {
        return reads.read(page + " " + what + " " + query.whole(), read);
    }

    /** The latest version; empty if there is none. */
    abstract Optional<ShownVersion> version(String app, long id);

    /** The version of an instant; empty if there was none, or it is no longer kept. */
    abstract Optional<ShownVersion> version(String app, long id, Instant at);

    /** Those that are kept, the newest first. */
    abstract List<ShownVersion> versions(String app, long id, Optional<Change> after, int limit);

    /** The app's id. */
    public String getApp() {
        return app;
    }

    /** Its number. */
    public long getId() {
        return id;
    }

    /** Whether anything is known of it. */
    public boolean isKnown() {
        return shown.isPresent() || !versions.isEmpty();
    }

    /** Whether it had a version at the instant that was asked for. */
    public boolean isFound() {
        return shown.isPresent();
    }

    /** The instant that was asked for, or null for the latest version. */
    public Instant getAt() {
        return at.orElse(null);
    }

    /** What the shown version, or else the latest on the page, is called; or empty. */
    public String getTitle() {
        return shown.or(() -> versions.stream().findFirst())
                .map(version -> version.fields().get(0).value())
                .orElse("");
    }

    /** The fields of the version that is shown. */
    public List<ShownVersion.ShownField> getFields() {
        return shown.map(ShownVersion::fields).orElse(List.of());
    }

    /** When the version that is shown came to be, or null. */
    public Instant getChangedAt() {
        return shown.flatMap(version -> version.details().updatedAt()).orElse(null);
    }

    /** Who caused it, or empty. */
    public String getSender() {
        return shown.map(ShownVersion::sender).orElse("");
    }

    /** The page of the delivery that it comes from. */
    public String getDelivery() {
        return shown.map(version -> PageUrl.delivery(version.details().delivery()))
                .orElse("");
    }

    /** Some versions, the newest first. */
    public List<VersionRow> getVersions() {
        return IntStream.range(0, Math.min(LIMIT, versions.size()))
                .mapToObj(
                        i -> row(versions.get(i), versions.stream().skip(i + 1L).findFirst()))
                .toList();
    }

    private VersionRow row(ShownVersion version, Optional<ShownVersion> before) {
        VersionDetails details = version.details();
        return new VersionRow(
                details.updatedAt().orElse(null),
                version.sender(),
                before.map(version::since).orElse(List.of()),
                before.isEmpty(),
                shown.filter(one -> one.details().delivery().equals(details.delivery()))
                        .isPresent(),
                details.updatedAt().map(time -> url("at", time.toString())).orElse(""),
                PageUrl.delivery(details.delivery()));
    }

    /** Older versions; empty if there are none. */
    public String getOlder() {
        return versions.size() <= LIMIT
                ? ""
                : url(
                        "at",
                        at.map(Instant::toString).orElse(""),
                        "after",
                        PageQuery.word(versions.get(LIMIT - 1).details().change()));
    }

    /** Its latest version. */
    public String getNow() {
        return url();
    }

    /** Whether what is shown changes: the newest versions, and no instant. */
    public boolean isLive() {
        return newest && at.isEmpty();
    }

    private String url(String... further) {
        String[] all = new String[further.length + 4];
        System.arraycopy(new String[] {"app", app, "id", String.valueOf(id)}, 0, all, 0, 4);
        System.arraycopy(further, 0, all, 4, further.length);
        return PageUrl.of(page, all);
    }

    /** The board of its app. */
    public String getBoardUrl() {
        return PageUrl.of("stories", "app", app);
    }

    /** What could not be understood. */
    public List<String> getProblems() {
        return query.problems();
    }
}
