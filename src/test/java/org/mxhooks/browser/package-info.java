/** A real Chromium for the tests of pages, and axe, which checks their accessibility. */
package org.mxhooks.browser;
