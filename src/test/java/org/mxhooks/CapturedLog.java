package org.mxhooks;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What mxhooks logs while this is open. */
public final class CapturedLog implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger("org.mxhooks");

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
        SimpleFormatter formatter = new SimpleFormatter();
        return records.stream().map(formatter::formatMessage).toList();
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
