/**
 * Every setting, read and checked once at start. Names and defaults are MicroProfile Config's: a system property, an environment
 * variable ({@code MXHOOKS_ENDPOINT_DEFAULT_SECRET} for {@code mxhooks.endpoint.default.secret}), or what the server
 * offers.
 *
 * <p><b>Guarantee.</b> A wrong or missing setting stops the deployment with one message that lists all of them. A secret
 * is in no message, log line or {@code toString}.
 *
 * <p>Shown by {@code SettingsTest} and {@code SecretTest}.
 */
package org.mxhooks.settings;
