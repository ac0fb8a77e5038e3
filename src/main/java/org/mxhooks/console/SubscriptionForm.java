package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.relay.InvalidSubscription;
import org.mxhooks.relay.RelayUnavailable;
import org.mxhooks.relay.Subscription;
import org.mxhooks.relay.SubscriptionContent;
import org.mxhooks.relay.Subscriptions;

/**
 * The form by which a subscription is created or edited, and that by which its secret is rotated. What was posted is
 * answered with the page itself: a secret is shown there this once, and travels in no address and no cookie.
 */
@Named
@RequestScoped
public class SubscriptionForm {

    /** As {@code 422}, which the audit log shows for a form that was not accepted. */
    private static final int UNPROCESSABLE = 422;

    @Inject
    HttpServletRequest request;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Figures figures;

    private Optional<Subscription> present = Optional.empty();
    private SubscriptionFields fields;
    private List<String> problems = List.of();
    private String secret = "";
    private boolean done;
    private boolean unknown;

    @PostConstruct
    void read() {
        PageQuery query = new PageQuery(request);
        Optional<UUID> id = query.uuid("subscription");
        if (id.isPresent()) {
            present = PageData.read(() -> subscriptions.find(id.get()));
        }
        unknown = query.text("subscription").isPresent() && present.isEmpty();
        boolean posted = request.getMethod().equals("POST");
        fields = posted ? SubscriptionFields.posted(request, present) : SubscriptionFields.of(present);
        if (unknown) {
            answer(HttpServletResponse.SC_NOT_FOUND);
        } else if (posted) {
            PageData.read(this::change);
            figures.forget();
        }
    }

    private Void change() throws Exception {
        try {
            problems = fields.problems();
            if (problems.isEmpty()) {
                apply(new PageQuery(request).text("change").orElse(""));
            }
        } catch (InvalidSubscription e) {
            problems = e.problems();
        } catch (RelayUnavailable e) {
            problems = List.of(e.getMessage());
        }
        if (!problems.isEmpty()) {
            answer(UNPROCESSABLE);
        }
        return null;
    }

    private void apply(String change) throws Exception {
        switch (change) {
            case "create-subscription" -> issued(subscriptions.create(fields.content(), fields.active(), given()));
            case "edit-subscription" -> edit();
            case "rotate-secret" ->
                issued(subscriptions.rotateSecret(id(), given()).orElseThrow());
            default -> problems = List.of(ConsoleText.text("failed.unknown"));
        }
    }

    private void edit() throws Exception {
        SubscriptionContent content = fields.content();
        present = subscriptions.change(id(), content, fields.active());
        fields = SubscriptionFields.of(present);
        done = present.isPresent();
    }

    private UUID id() {
        return present.orElseThrow().id();
    }

    private Optional<String> given() {
        return Optional.ofNullable(request.getParameter("secret")).filter(text -> !text.isEmpty());
    }

    private void issued(Subscriptions.IssuedSecret issued) {
        present = Optional.of(issued.subscription());
        secret = issued.secret();
        done = true;
    }

    private static void answer(int status) {
        FacesContext.getCurrentInstance().getExternalContext().setResponseStatus(status);
    }

    /** Whether there is no such subscription. */
    public boolean isUnknown() {
        return unknown;
    }

    /** Whether the subscription is a new one. */
    public boolean isNew() {
        return present.isEmpty();
    }

    /** Whether the change was made. */
    public boolean isDone() {
        return done;
    }

    /** The new secret, this once; or empty. */
    public String getSecret() {
        return secret;
    }

    /** Why the change was not made. */
    public List<String> getProblems() {
        return problems;
    }

    /** Whether something is wrong with a field. */
    public boolean wrong(String field) {
        return problems.stream()
                .anyMatch(problem -> problem.startsWith(field + " ") || problem.startsWith(field + "."));
    }

    /** What the form's fields contain. */
    public SubscriptionFields getFields() {
        return fields;
    }

    /** The subscription as it is, or null. */
    public SubscriptionRow getRow() {
        return present.map(SubscriptionRow::of).orElse(null);
    }

    /** The categories to choose from, and whether each is chosen. */
    public Map<String, Boolean> getEvents() {
        return fields.choice();
    }
}
