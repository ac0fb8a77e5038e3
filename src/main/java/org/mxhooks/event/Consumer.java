package org.mxhooks.event;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Names an observer method, so that its place in the log survives a renamed class or method. Without it the name is the
 * bean class's and the method's: {@code com.example.Board.remember}. On a method that observes no webhook event it
 * stops the deployment.
 *
 * <p>The name is all that mxhooks knows a consumer by. Another name is another consumer, which begins as
 * {@link #from()} says; the one before stands still, keeps what is unfinished, and goes on where it stood if it comes
 * back, until an operator retires it. During a rolling upgrade the nodes share its lanes, each with the version that it
 * has: so the old method must be content with what the new one has written, and the other way round.
 *
 * <p>Named or not, each consumer follows the log at its own pace. So {@code @Priority} on an observer's parameter is
 * accepted, and gives no order between consumers.
 */
@Documented
@Retention(RUNTIME)
@Target(METHOD)
public @interface Consumer {

    /**
     * Unique within the deployment: 1 to 200 letters, digits, dots, dashes and underscores. {@code mirror} and
     * {@code jms} are taken.
     */
    String value();

    /** Where a consumer begins that was never deployed before, or was retired; else it means nothing. */
    From from() default From.END;

    /** A place in the inbox's log. */
    enum From {
        /** With what arrives from now on. */
        END,
        /**
         * With the oldest delivery whose body the inbox still keeps ({@code mxhooks.retention}). These are no replays.
         */
        BEGINNING
    }
}
