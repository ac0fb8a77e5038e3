package org.mxhooks.event;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Names an observer method, so that its place in the log survives a renamed class or method. Without it the name is
 * the class's and the method's: {@code com.example.Board.remember}.
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
