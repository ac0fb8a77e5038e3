package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.privacy.Erasure;
import org.mxhooks.privacy.Erasures;
import org.mxhooks.privacy.PlaceCount;

/** The erasures of persons, one of them in full, and the export of an app. */
@Named
@RequestScoped
public class PrivacyPage {

    private static final int LIMIT = 50;

    @Inject
    HttpServletRequest request;

    @Inject
    Erasures erasures;

    private List<Erasure> rows;
    private Optional<Erasure> chosen = Optional.empty();

    @PostConstruct
    void read() {
        rows = PageData.read(() -> erasures.newest(LIMIT));
        Optional<UUID> id = new PageQuery(request).uuid("id");
        if (id.isPresent()) {
            chosen = PageData.read(() -> erasures.find(id.get()));
        }
    }

    /** The newest first. */
    public List<Erasure> getRows() {
        return rows;
    }

    /** The one that was asked for, or null. */
    public Erasure getChosen() {
        return chosen.orElse(null);
    }

    /** The places where it met the person. */
    public List<PlaceCount> getPlaces() {
        return chosen.map(Erasure::places).orElse(List.of()).stream()
                .filter(PrivacyPage::isNamed)
                .toList();
    }

    /** How many rows it looked at in places where it did not meet the person. */
    public long getOtherRows() {
        return chosen.map(Erasure::places).orElse(List.of()).stream()
                .filter(place -> !isNamed(place))
                .mapToLong(PlaceCount::rows)
                .sum();
    }

    private static boolean isNamed(PlaceCount place) {
        return place.named() > 0 || place.changed() > 0;
    }

    /** Whether it waits for its start. */
    public boolean isCounted() {
        return chosen.filter(erasure -> erasure.phase() == Erasure.ErasurePhase.COUNTED)
                .isPresent();
    }

    /** Whether it can be cancelled. */
    public boolean isOpen() {
        return chosen.filter(erasure -> !erasure.order().state().isEnded()).isPresent();
    }

    /** What was given and what was found beside it, a line each, for a form. */
    public String getAllIdentifiers() {
        return chosen.map(erasure ->
                        String.join("\n", erasure.identifiers()) + "\n" + String.join("\n", erasure.alsoFound()))
                .orElse("");
    }

    /** In how many hundredths it is done; -1 where that is not known. */
    public long getPercent() {
        return chosen.filter(erasure -> erasure.order().total().orElse(0) > 0)
                .map(erasure -> Math.min(
                        100,
                        100 * erasure.order().done() / erasure.order().total().getAsLong()))
                .orElse(-1L);
    }

    /** The phase as a style and a key of texts. */
    public String phase(Erasure erasure) {
        return erasure.phase().name().toLowerCase(Locale.ROOT);
    }

    /** The state whose style shows a phase. */
    public String style(Erasure erasure) {
        return switch (erasure.phase()) {
            case COUNTING, ERASING -> "pending";
            case COUNTED -> "parked";
            case DONE -> "done";
            case CANCELLED -> "discarded";
        };
    }
}
