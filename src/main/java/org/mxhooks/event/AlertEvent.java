package org.mxhooks.event;

import java.time.Instant;
import java.util.Optional;

/**
 * A service of an environment raised an alert, or recovered from one. {@link #action()} is the severity in lower case,
 * {@link #updatedAt()} is {@link #timestamp()}, and {@link #appId()} is the app's name, since the portal sends no id of
 * the app: the {@link #environmentId()} where a body has no name either. Select a severity by {@link Ok},
 * {@link Warning}, {@link Critical} or {@link Recovery}; an alert without a severity matches none of them.
 *
 * <p>Alerts of one service of one environment are notified in the order in which they were accepted. The portal may
 * send one late: compare {@link #timestamp()}. Every field may be absent.
 */
public interface AlertEvent extends WebhookEvent {

    /** The portal's id of the alert. */
    Optional<String> alertId();

    /** {@code Ok}, {@code Warning}, {@code Critical}, {@code Recovery}, or another. */
    Optional<String> severity();

    /** What the alert is about: {@code Application Status}, for example. */
    Optional<String> service();

    /** The text for people. */
    Optional<String> message();

    /** Name of the app, as in the address of its environment. */
    Optional<String> appName();

    /** Name of the environment: {@code production}, for example. */
    Optional<String> environment();

    /**
     * Id of the environment: a UUID in lower case with hyphens, in whatever form the body contains it, or another text.
     */
    Optional<String> environmentId();

    /** When the service reached this state, by the portal's clock. */
    Optional<Instant> timestamp();

    /** Address of the app in the environment. */
    Optional<String> url();
}
