package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.relay.InvalidSubscription;
import org.mxhooks.relay.RelayUnavailable;
import org.mxhooks.relay.Subscription;
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
        if (posted && !unknown) {
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
            FacesContext.getCurrentInstance().getExternalContext().setResponseStatus(UNPROCESSABLE);
        }
        return null;
    }

    private void apply(String change) throws Exception {
        if (change.equals("create-subscription")) {
            issued(Optional.of(subscriptions.create(fields.content(), fields.active(), given())));
        } else if (change.equals("edit-subscription") && present.isPresent()) {
            edit(present.get());
        } else if (change.equals("rotate-secret") && present.isPresent()) {
            issued(subscriptions.rotateSecret(present.get().id(), given()));
        } else {
            problems = List.of(ConsoleText.text("failed.unknown"));
        }
    }

    private void edit(Subscription now) throws Exception {
        present = subscriptions.change(now.id(), fields.content(), active(now));
        fields = SubscriptionFields.of(present);
        done = present.isPresent();
        unknown = !done;
    }

    /** As it is now where the user left it as the form showed it: the relay may have paused it meanwhile. */
    private boolean active(Subscription now) {
        boolean shown = request.getParameter("shown-active") != null;
        return fields.active() == shown ? now.active() : fields.active();
    }

    private Optional<String> given() {
        return Optional.ofNullable(request.getParameter("secret")).filter(text -> !text.isEmpty());
    }

    /** Empty where another operator has deleted it meanwhile. */
    private void issued(Optional<Subscriptions.IssuedSecret> issued) {
        present = issued.map(Subscriptions.IssuedSecret::subscription);
        secret = issued.map(Subscriptions.IssuedSecret::secret).orElse("");
        done = present.isPresent();
        unknown = !done;
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
