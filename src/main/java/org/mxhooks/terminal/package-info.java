/**
 * What the command line writes on a terminal: tables that fit its width, colours, a progress bar. Untrusted text is
 * made safe first, and text that the terminal's charset lacks is written as escapes.
 */
package org.mxhooks.terminal;
