/**
 * Every setting, read and checked once at start. Names and defaults are MicroProfile Config's: a system property, an
 * environment variable ({@code MXHOOKS_ENDPOINT_DEFAULT_SECRET} for {@code mxhooks.endpoint.default.secret}), or what
 * the server offers.
 *
 * <p><b>Guarantee.</b> A wrong, missing or misspelt setting stops the deployment with one message that lists all of
 * them, in every language of the server. A secret is in no message, log line or {@code toString}. The home is for its
 * owner alone.
 *
 * <p>Shown by {@code SettingsTest}, {@code SecretTest}, {@code HomeTest} and {@code SettingsIT}.
 */
package org.mxhooks.settings;
