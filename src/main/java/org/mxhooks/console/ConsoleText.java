package org.mxhooks.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.mxhooks.operations.BoundedCount;

/** The console's texts and the form of its figures: English, whatever the server's language is. */
@Named
@ApplicationScoped
public class ConsoleText {

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter INPUT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final ResourceBundle TEXTS =
            ResourceBundle.getBundle("org.mxhooks.console.texts", Locale.ROOT, ConsoleText.class.getClassLoader());

    /** A text with one value in it. */
    public String of(String key, Object value) {
        return text(key, value);
    }

    static boolean isText(String key) {
        return TEXTS.containsKey(key);
    }

    static String text(String key, Object... values) {
        return new MessageFormat(TEXTS.getString(key), Locale.ROOT).format(values);
    }

    /** A name such as a class has, in parts between which a line may end. */
    public List<String> words(String name) {
        return List.of(name.split("(?<=[.$])(?=\\p{L})"));
    }

    /** A whole number with its thousands separated. */
    public String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number that was counted up to a limit. */
    public String counted(BoundedCount count) {
        return count.more() ? text("morethan", number(count.number())) : number(count.number());
    }

    /** A moment in UTC; a script of the page shows it in the browser's zone. */
    public String utc(Instant at) {
        return at == null ? "" : UTC.format(at);
    }

    /** How long ago a moment was, in its largest unit. */
    public String ago(Instant at) {
        return at == null ? "" : span(Duration.between(at, Instant.now()));
    }

    /** How long until a moment. */
    public String until(Instant at) {
        return at == null ? "" : span(Duration.between(Instant.now(), at));
    }

    /** A moment as an input for dates and times takes it, in UTC; a script shows it in the browser's zone. */
    public String input(Instant at) {
        return at == null ? "" : INPUT.format(at);
    }

    /** A length of time, in its largest unit. */
    static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }
}
