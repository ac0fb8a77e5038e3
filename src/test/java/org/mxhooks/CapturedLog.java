package org.mxhooks;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What mxhooks logs while this is open. */
public final class CapturedLog implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger("org.mxhooks");
    private static final String AUDIT = "org.mxhooks.audit";

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            records.add(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    public CapturedLog() {
        LOGGER.addHandler(handler);
    }

    /** The messages, as a person would read them. */
    public List<String> lines() {
        return lines(logger -> true);
    }

    /** The messages of the audit log. */
    public List<String> audit() {
        return lines(AUDIT::equals);
    }

    /** The messages of all logs but that of audits. */
    public List<String> withoutAudit() {
        return lines(logger -> !AUDIT.equals(logger));
    }

    private List<String> lines(Predicate<String> loggers) {
        SimpleFormatter formatter = new SimpleFormatter();
        return records.stream()
                .filter(logged -> loggers.test(logged.getLoggerName()))
                .map(formatter::formatMessage)
                .toList();
    }

    /** The exceptions that were logged with their stack traces. */
    public List<Throwable> stackTraces() {
        return records.stream()
                .map(LogRecord::getThrown)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public void close() {
        LOGGER.removeHandler(handler);
    }
}
