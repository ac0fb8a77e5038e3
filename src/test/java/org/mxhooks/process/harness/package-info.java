/** Servers, brokers, databases, proxies and senders as processes of their own, for the tests beside this package. */
package org.mxhooks.process.harness;
