package org.mxhooks.dispatch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.mxhooks.database.RootCause;

/**
 * A stack trace that begins with the root cause. Where it is too long, frames of the platform are left out rather than
 * what the companion called.
 */
record FailureTrace(Throwable thrown, Throwable root) {

    private static final int MAX_HEAD = 600;

    private static final List<String> PLATFORM = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "jakarta.",
            "com.sun.",
            "fish.payara.",
            "io.undertow.",
            "net.bytebuddy.",
            "org.eclipse.persistence.",
            "org.glassfish.",
            "org.h2.",
            "org.hibernate.",
            "org.ironjacamar.",
            "org.jboss.",
            "org.jvnet.",
            "org.mxhooks.database.",
            "org.mxhooks.dispatch.",
            "org.postgresql.",
            "org.wildfly.");

    /** How many frames of each exception are kept. */
    private record Frames(int ofPlatform, int others) {
        static final Frames ALL = new Frames(Integer.MAX_VALUE, Integer.MAX_VALUE);
        static final Frames FEW = new Frames(6, 12);
    }

    /** At most so many characters. */
    String text(int max) {
        String whole = describe(Frames.ALL);
        return StoredText.clean(whole.length() <= max ? whole : describe(Frames.FEW), max);
    }

    private String describe(Frames frames) {
        List<Throwable> order = new ArrayList<>(RootCause.all(thrown));
        Collections.reverse(order);
        Throwable first = RootCause.deepest(root);
        order.removeIf(each -> each == first);
        order.add(0, first);
        return order.stream().map(each -> describe(each, frames)).collect(Collectors.joining("Wrapped by: "));
    }

    private static String describe(Throwable each, Frames frames) {
        StringBuilder text = new StringBuilder(StoredText.clean(RootCause.head(each), MAX_HEAD)).append('\n');
        int ofPlatform = 0;
        int others = 0;
        int omitted = 0;
        for (StackTraceElement frame : each.getStackTrace()) {
            boolean isKept = isOfPlatform(frame) ? ++ofPlatform <= frames.ofPlatform() : ++others <= frames.others();
            if (isKept) {
                omitted = note(omitted, text);
                text.append("\tat ").append(frame).append('\n');
            } else {
                omitted++;
            }
        }
        note(omitted, text);
        return text.toString();
    }

    private static int note(int omitted, StringBuilder text) {
        if (omitted > 0) {
            text.append("\t… ").append(omitted).append(" more\n");
        }
        return 0;
    }

    private static boolean isOfPlatform(StackTraceElement frame) {
        return PLATFORM.stream().anyMatch(frame.getClassName()::startsWith);
    }
}
