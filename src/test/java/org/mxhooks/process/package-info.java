/** What only a real server process can show. */
package org.mxhooks.process;
