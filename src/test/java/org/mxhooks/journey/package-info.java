/**
 * The way of a delivery through the built WAR on a real server, seen from outside: the portal sends, the operator
 * looks. The same tests run on every supported server.
 */
package org.mxhooks.journey;
