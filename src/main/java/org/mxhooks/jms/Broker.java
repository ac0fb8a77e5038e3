package org.mxhooks.jms;

import jakarta.jms.ConnectionFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The server's way to its broker, or to another one. Connections are its pool's: they are closed after each use, and
 * the pool keeps the good ones.
 *
 * @param connectionFactory name in JNDI
 */
record Broker(String connectionFactory) {

    /** @throws NamingException if the server has none of that name */
    ConnectionFactory lookUp() throws NamingException {
        Object found = InitialContext.doLookup(connectionFactory);
        if (found instanceof ConnectionFactory factory) {
            return factory;
        }
        throw new NamingException("it is a %s".formatted(found.getClass().getName()));
    }
}
