package org.mxhooks.relay;

/**
 * How encrypting all subscriptions' secrets under the current key ended.
 *
 * @param reEncrypted how many were under another key
 * @param remaining how many still are, since no key that is set opens them
 */
public record ReEncryption(int reEncrypted, int remaining) {}
