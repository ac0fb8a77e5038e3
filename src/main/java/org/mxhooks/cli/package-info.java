/**
 * The command line, {@code mxhooks-cli.jar}; it is not in the WAR.
 *
 * <p><b>Guarantee.</b> What it sends is signed as the portal signs. A sample is news each time, a file goes out as exactly
 * its bytes. The exit code tells scripts what the text tells people: 0 accepted, 1 refused, 2 not understood or not
 * readable, 3 no answer. The secret is never printed.
 *
 * <p>Shown by {@code SendTest}.
 */
package org.mxhooks.cli;
