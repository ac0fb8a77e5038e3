package org.mxhooks.event;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Names an observer method, so that its place in the log survives a renamed class or method. Without it the name is
 * the bean class's and the method's: {@code com.example.Board.remember}. On a method that observes no webhook event it
 * stops the deployment.
 *
 * <p>Named or not, each consumer follows the log at its own pace. So {@code @Priority} on an observer's parameter is
 * accepted, and gives no order between consumers.
 */
@Documented
@Retention(RUNTIME)
@Target(METHOD)
public @interface Consumer {

    /** Unique within the deployment: 1 to 200 letters, digits, dots, dashes and underscores. */
    String value();

    /** Where a consumer begins that was never deployed before. */
    From from() default From.END;

    /** A place in the inbox's log. */
    enum From {
        /** With what arrives from now on. */
        END,
        /** With the oldest delivery that the inbox keeps. */
        BEGINNING
    }
}
