package org.mxhooks.event;

import java.util.Optional;

/**
 * A company of the portal. Each field is empty if the portal omits it.
 *
 * @param accountId the account's id, a UUID in text form
 * @param displayName the company's name
 */
public record Company(Optional<String> accountId, Optional<String> displayName) {}
