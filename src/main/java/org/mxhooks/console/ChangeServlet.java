package org.mxhooks.console;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.access.UserSession;
import org.mxhooks.operations.Operations;
import org.mxhooks.operations.Repairs;
import org.mxhooks.operations.ReplayRequest;
import org.mxhooks.operations.Retirement;
import org.mxhooks.orders.TooManyOrders;
import org.mxhooks.relay.Attempt;
import org.mxhooks.relay.Subscription;
import org.mxhooks.relay.Subscriptions;

/** The changes that forms of the console request; each leads back to a page that says what resulted. */
@WebServlet("/console/change")
public class ChangeServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** A page of the console, whatever a form says. */
    private static final String BACK = "[a-z-]{1,40}(\\?[\\x21-\\x7e]{0,2000})?";

    @Inject
    transient Operations operations;

    @Inject
    transient Repairs repairs;

    @Inject
    transient Subscriptions subscriptions;

    @Inject
    transient Figures figures;

    @Inject
    transient ConsumerNames names;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        try {
            Notice notice = change(new PageQuery(request), user(request));
            figures.forget();
            notice.send(request, response);
            String back = Optional.ofNullable(request.getParameter("back"))
                    .filter(page -> page.matches(BACK))
                    .orElse("overview");
            response.setHeader("Location", request.getContextPath() + "/console/" + back);
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private static String user(HttpServletRequest request) {
        return UserSession.of(request).orElseThrow().auditName();
    }

    private Notice change(PageQuery form, String user) throws Exception {
        String consumer = form.text("consumer").orElse("");
        form.text("reason");
        if (!form.problems().isEmpty()) { // what is left out must not make the change a larger one
            return new Notice(true, String.join(" ", form.problems()));
        }
        String name = names.of(consumer); // before the change: afterwards a failure would hide that it was made
        return switch (form.text("change").orElse("")) {
            case "pause" -> known(operations.pause(consumer), "done.pause", name);
            case "resume" -> known(operations.resume(consumer), "done.resume", name);
            case "retire" -> retire(consumer, name);
            case "replay" -> replay(form, consumer, name);
            case "replay-dead", "discard-dead", "replay-period" -> order(form, user);
            case "cancel-order" -> cancel(form, user);
            case "discard" -> discard(form, user);
            case "pause-subscription" ->
                ofSubscription(of(form.uuid("subscription"), subscriptions::pause), "done.pause.subscription");
            case "resume-subscription" ->
                ofSubscription(of(form.uuid("subscription"), subscriptions::resume), "done.resume.subscription");
            case "test-subscription" -> test(form);
            case "delete-subscription" -> delete(form);
            default -> new Notice(true, ConsoleText.text("failed.unknown"));
        };
    }

    private static Notice known(boolean done, String key, String name) {
        return done
                ? new Notice(false, ConsoleText.text(key, name))
                : new Notice(true, ConsoleText.text("failed.consumer", name));
    }

    private Notice retire(String consumer, String name) throws Exception {
        if (names.ofSubscription(consumer)) {
            return new Notice(true, ConsoleText.text("failed.subscribed", name));
        }
        Retirement retirement = operations.retire(consumer);
        if (retirement instanceof Retirement.StillDeployed) {
            return new Notice(true, ConsoleText.text("failed.deployed", name));
        }
        return known(retirement instanceof Retirement.Retired, "done.retire", name);
    }

    private Notice replay(PageQuery form, String consumer, String name) throws Exception {
        Optional<UUID> delivery = form.uuid("delivery");
        ReplayRequest result =
                delivery.isEmpty() ? ReplayRequest.UNKNOWN_DELIVERY : operations.replay(delivery.get(), consumer);
        return result == ReplayRequest.ACCEPTED
                ? new Notice(false, ConsoleText.text("done.replay", name))
                : new Notice(true, ConsoleText.text("failed.replay." + PageQuery.word(result), name));
    }

    private Notice order(PageQuery form, String user) throws Exception {
        Optional<String> consumer = form.text("consumer");
        Optional<String> reason = form.text("reason");
        Optional<String> note = form.note();
        Optional<Instant> from = form.instant("from");
        Optional<Instant> to = form.instant("to");
        if (!form.problems().isEmpty()) {
            return new Notice(true, String.join(" ", form.problems()));
        }
        if (consumer.isPresent() && !operations.consumers().contains(consumer.get())) {
            return new Notice(true, ConsoleText.text("failed.consumer", consumer.get()));
        }
        try {
            switch (form.text("change").orElse("")) {
                case "replay-dead" -> repairs.replayDead(consumer, reason, user);
                case "discard-dead" -> repairs.discardDead(consumer, reason, note, user);
                default -> {
                    if (consumer.isEmpty()
                            || from.isEmpty()
                            || to.isEmpty()
                            || !to.get().isAfter(from.get())) {
                        return new Notice(true, ConsoleText.text("failed.period"));
                    }
                    repairs.replayPeriod(consumer.get(), from.get(), to.get(), user);
                }
            }
            return new Notice(false, ConsoleText.text("done.order"));
        } catch (TooManyOrders e) {
            return new Notice(true, e.getMessage() + ".");
        }
    }

    private Notice cancel(PageQuery form, String user) throws Exception {
        Optional<UUID> order = form.uuid("id");
        return order.isPresent() && repairs.cancel(order.get(), user)
                ? new Notice(false, ConsoleText.text("done.cancel"))
                : new Notice(true, ConsoleText.text("failed.cancel"));
    }

    private Notice discard(PageQuery form, String user) throws Exception {
        Optional<UUID> delivery = form.uuid("delivery");
        Optional<String> note = form.note();
        if (!form.problems().isEmpty()) {
            return new Notice(true, String.join(" ", form.problems()));
        }
        int discarded = delivery.isEmpty() ? 0 : operations.discard(delivery.get(), form.text("consumer"), user, note);
        return discarded > 0
                ? new Notice(false, ConsoleText.text("done.discard", discarded))
                : new Notice(true, ConsoleText.text("failed.discard"));
    }

    /** Shows the answer at once; it is no delivery. */
    private Notice test(PageQuery form) throws Exception {
        Optional<UUID> id = form.uuid("subscription");
        Optional<Attempt> attempt = id.isEmpty() ? Optional.empty() : subscriptions.test(id.get());
        return attempt.map(ChangeServlet::answered)
                .orElseGet(() -> new Notice(true, ConsoleText.text("failed.subscription")));
    }

    private Notice delete(PageQuery form) throws Exception {
        Optional<UUID> id = form.uuid("subscription");
        Optional<Subscription> present = of(id, subscriptions::find);
        return present.isPresent() && subscriptions.delete(id.get())
                ? new Notice(
                        false,
                        ConsoleText.text(
                                "done.delete.subscription",
                                present.get().content().name()))
                : new Notice(true, ConsoleText.text("failed.subscription"));
    }

    private static Notice answered(Attempt attempt) {
        boolean success = attempt.status().isPresent() && attempt.status().getAsInt() / 100 == 2;
        String result = attempt.status().isPresent()
                ? String.valueOf(attempt.status().getAsInt())
                : attempt.error().orElse("");
        return new Notice(!success, ConsoleText.text("done.test", result));
    }

    private static Notice ofSubscription(Optional<Subscription> changed, String key) {
        return changed.map(known ->
                        new Notice(false, ConsoleText.text(key, known.content().name())))
                .orElseGet(() -> new Notice(true, ConsoleText.text("failed.subscription")));
    }

    private static <T> Optional<T> of(Optional<UUID> id, Change<T> change) throws Exception {
        return id.isEmpty() ? Optional.empty() : change.of(id.get());
    }

    private interface Change<T> {
        Optional<T> of(UUID subscription) throws Exception;
    }
}
