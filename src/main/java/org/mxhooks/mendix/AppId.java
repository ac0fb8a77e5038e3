package org.mxhooks.mendix;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An app's id, in the one form in which it is compared. */
public final class AppId {

    static final int MAX_LENGTH = 100;

    private static final Pattern NORMALIZED = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern UUID = Pattern.compile(
            "(?:urn:uuid:)?\\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})}?",
            Pattern.CASE_INSENSITIVE);

    /** What cannot stand in a segment of a path on every server, or is invisible. */
    private static final Pattern UNADDRESSABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}/\\\\;]|^\\.{1,2}$");

    private AppId() {}

    /**
     * A UUID in lower case with hyphens, however it is written (RFC 9562 section 4: any case; also in braces, as a URN,
     * or without hyphens); any other text as it is, without blanks around it. Empty where that is no id that can be
     * kept and asked for: blank, longer than 100 characters, with control or invisible characters, slashes or
     * semicolons.
     */
    public static Optional<String> normalized(String text) {
        String id = text.strip();
        if (NORMALIZED.matcher(id).matches()) {
            return Optional.of(id);
        }
        var uuid = UUID.matcher(id);
        if (uuid.matches()) {
            return Optional.of(uuid.replaceAll("$1-$2-$3-$4-$5").toLowerCase(Locale.ROOT));
        }
        boolean usable = !id.isEmpty()
                && id.length() <= MAX_LENGTH
                && !UNADDRESSABLE.matcher(id).find();
        return usable ? Optional.of(id) : Optional.empty();
    }
}
