/**
 * The operator's console: pages at {@code /console/}, over the same read models and operations as the API.
 *
 * <p><b>Guarantee.</b> Every view is a GET whose address can be shared; a change is a form that the server accepts from
 * operators only. A secret is shown once, in the answer to the form that made it. Text of the portal is always escaped.
 * Pages hold no state between requests, so any node answers. However many browsers look, a node reads the figures at
 * most once a second, and for a fifth of the time.
 *
 * <p>Shown by {@code ConsoleJourneyIT}, {@code ConsoleFormsJourneyIT} and {@code BoardJourneyIT} in a browser on the
 * servers, and by {@code OverviewSuite} on each database.
 */
package org.mxhooks.console;
