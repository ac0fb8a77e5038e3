package org.mxhooks.event;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Names the consumer of an observer method, so that its position in the log survives a renamed class or method. The
 * default name consists of the bean class and the method: {@code com.example.Board.remember}. On a method that observes
 * no webhook event, the annotation stops the deployment.
 *
 * <p>The name alone identifies a consumer. With another name it is another consumer, which starts according to
 * {@link #from()}; the former one makes no progress and keeps its unfinished work until it is deployed again, and
 * continues at its position, or until an operator retires it. During a rolling upgrade nodes with the old and the new
 * version of the method share its lanes: each version must tolerate what the other one has written.
 *
 * <p>Each consumer follows the log independently. {@code @Priority} on an observer's parameter is accepted, but does
 * not order consumers.
 *
 * <p>Events of several resources may share a transaction. If one fails, all are rolled back and notified again one by
 * one: in mxhooks' database the effect is there once, elsewhere it may be repeated. With
 * {@code @Transactional(NOT_SUPPORTED)} each event is processed alone.
 */
@Documented
@Retention(RUNTIME)
@Target(METHOD)
public @interface Consumer {

    /**
     * The name, unique within the deployment: 1 to 200 letters, digits, dots, hyphens and underscores. {@code mirror}
     * and {@code jms} are reserved.
     */
    String value();

    /** Where a consumer starts that was never deployed before, or was retired; otherwise without effect. */
    From from() default From.END;

    /** A position in the inbox's log. */
    enum From {
        /** With the deliveries that arrive from now on. */
        END,
        /**
         * With the oldest delivery whose body is still stored ({@code mxhooks.retention}). These notifications are no
         * replays.
         */
        BEGINNING
    }
}
