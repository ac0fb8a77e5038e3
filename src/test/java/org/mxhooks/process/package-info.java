/** What only a real server process can show, above all that nothing acknowledged is lost when it is killed. */
package org.mxhooks.process;
