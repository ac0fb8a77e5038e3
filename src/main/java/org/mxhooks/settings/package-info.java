/**
 * Every setting, read and checked once at start, from the sources of MicroProfile Config: system properties,
 * environment variables ({@code MXHOOKS_ENDPOINT_DEFAULT_SECRET} for {@code mxhooks.endpoint.default.secret}), and
 * those of the server.
 *
 * <p><b>Guarantee.</b> A wrong, missing or misspelt setting stops the deployment with one message that lists all of
 * them, regardless of the language of the server. No message, log line or {@code toString} contains a secret. Only the
 * owner has access to {@code mxhooks.home}.
 *
 * <p>Shown by {@code SettingsTest}, {@code SecretTest}, {@code HomeTest} and {@code SettingsIT}.
 */
package org.mxhooks.settings;
