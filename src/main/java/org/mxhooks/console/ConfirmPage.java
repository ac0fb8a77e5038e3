package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.relay.Subscriptions;

/** Asks before a change that cannot be undone. */
@Named
@RequestScoped
public class ConfirmPage {

    /** By change, the field that says of what. */
    private static final Map<String, String> SUBJECTS =
            Map.of("retire", "consumer", "delete-subscription", "subscription");

    @Inject
    HttpServletRequest request;

    @Inject
    Subscriptions subscriptions;

    @Inject
    ConsumerNames names;

    private PageQuery query;
    private String change;
    private String value = "";
    private String subject = "";

    @PostConstruct
    void read() {
        query = new PageQuery(request);
        change = query.text("change").filter(SUBJECTS::containsKey).orElse("");
        if (isKnown()) {
            value = query.text(getField()).orElse("");
            subject = getField().equals("subscription") ? subscription() : names.of(value);
        }
    }

    private String subscription() {
        Optional<UUID> id = query.uuid("subscription");
        return id.flatMap(known -> PageData.read(() -> subscriptions.find(known)))
                .map(found -> found.content().name())
                .orElse(value);
    }

    /** Whether there is such a change. */
    public boolean isKnown() {
        return !change.isEmpty();
    }

    /** The change, as the form sends it. */
    public String getChange() {
        return change;
    }

    /** The field that says of what. */
    public String getField() {
        return SUBJECTS.get(change);
    }

    /** The field's value. */
    public String getValue() {
        return value;
    }

    /** What is asked. */
    public String getQuestion() {
        return ConsoleText.text("ask." + change, subject);
    }

    /** What it means. */
    public String getConsequence() {
        return ConsoleText.text("ask." + change + ".consequence");
    }

    /** What the button says. */
    public String getAnswer() {
        return ConsoleText.text("ask." + change + ".answer");
    }

    /** The page to return to. */
    public String getBack() {
        return getField().equals("subscription") ? "subscriptions" : "consumers";
    }
}
