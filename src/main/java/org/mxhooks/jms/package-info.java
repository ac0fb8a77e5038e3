/** TODO. */
package org.mxhooks.jms;
