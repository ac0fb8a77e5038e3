package org.mxhooks.event;

import java.time.Instant;
import java.util.Optional;

/**
 * A deployment package was uploaded to the portal. {@link #action()} is {@code uploaded}, and {@link #updatedAt()} is
 * {@link #uploadTime()}. Uploads of one package, by its name, are notified in the order in which they were accepted.
 * Every field may be absent.
 */
public interface PackageUploadedEvent extends WebhookEvent {

    /** Name of the package's file, unique only within the app ({@link #appId()}). */
    Optional<String> name();

    /** Version of the app's model. */
    Optional<String> modelVersion();

    /** Version of the runtime that the package needs. */
    Optional<String> runtimeVersion();

    /** When it was uploaded, by the portal's clock. */
    Optional<Instant> uploadTime();

    /** The portal's id of the user or program that uploaded it. */
    Optional<String> uploaderId();
}
