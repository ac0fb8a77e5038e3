package org.mxhooks.event;

import java.util.Optional;

/**
 * A company as the portal knows it; each field is empty where the portal leaves it out.
 *
 * @param accountId the account's id, a UUID in text form
 * @param displayName the company's name
 */
public record Company(Optional<String> accountId, Optional<String> displayName) {}
