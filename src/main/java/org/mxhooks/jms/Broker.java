package org.mxhooks.jms;

import jakarta.jms.ConnectionFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Connections to the broker, by the server's connection factory. They belong to its pool: they are closed after each
 * use, and the pool keeps the valid ones.
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
