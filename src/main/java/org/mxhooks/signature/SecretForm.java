package org.mxhooks.signature;

import java.text.Normalizer;
import java.util.stream.Stream;

/**
 * A secret as it may have been meant, if a tool changed it where it is stored.
 *
 * @param difference to stand after "but for its spelling:", with the remedy; holds nothing of the secret
 * @param secret in that form
 */
record SecretForm(String difference, String secret) {

    private static final String INVISIBLE = "[\\s\\p{Z}\\p{Cf}\\uFEFF]+";

    /** All forms but the one given, none of them empty. */
    static Stream<SecretForm> of(String given) {
        return Stream.concat(here(given), there(given))
                .filter(form -> !form.secret().equals(given) && !form.secret().isEmpty());
    }

    private static Stream<SecretForm> here(String given) {
        return Stream.of(
                new SecretForm(
                        "here it has white space or invisible characters around it; remove them",
                        given.replaceAll("\\A" + INVISIBLE + "|" + INVISIBLE + "\\z", "")),
                new SecretForm(
                        "here it has white space or invisible characters in it; remove them",
                        given.replaceAll(INVISIBLE, "")),
                new SecretForm(
                        "here it is enclosed in quotes; remove them",
                        given.replaceFirst("\\A\\s*([\"'`])(.*)\\1\\s*\\z", "$2")),
                new SecretForm("here a $ is doubled; write it once", given.replace("$$", "$")),
                new SecretForm("here a \\ precedes a character; remove it", given.replaceAll("\\\\(.)", "$1")),
                new SecretForm(
                        "here it was read in ISO 8859-1; store it in UTF-8, or in a file", MisreadText.reread(given)),
                new SecretForm(
                        "here its accents are separate characters (Unicode NFD); copy it from the sender",
                        Normalizer.normalize(given, Normalizer.Form.NFC)),
                new SecretForm(
                        "here its accented letters are single characters (Unicode NFC); copy it from the sender",
                        Normalizer.normalize(given, Normalizer.Form.NFD)));
    }

    private static Stream<SecretForm> there(String given) {
        return Stream.of(
                new SecretForm("the sender's ends with a line break (LF); enter it again there", given + "\n"),
                new SecretForm("the sender's ends with a line break (CRLF); enter it again there", given + "\r\n"),
                new SecretForm("the sender's ends with a space; enter it again there", given + " "),
                new SecretForm("the sender's begins with a space; enter it again there", " " + given),
                new SecretForm("the sender's begins with a byte order mark; enter it again there", "\uFEFF" + given));
    }
}
