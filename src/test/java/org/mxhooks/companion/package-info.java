/** Companion modules as a team would write them: they know the API jar and nothing else of mxhooks. */
package org.mxhooks.companion;
