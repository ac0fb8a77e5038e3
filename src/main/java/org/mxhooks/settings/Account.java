package org.mxhooks.settings;

import java.text.Normalizer;

/**
 * A user's account.
 *
 * @param user name for HTTP Basic; without a colon
 * @param password the account's
 */
public record Account(String user, Secret password) {

    /** A name or password as it is compared: a letter and its accent may be one character or two. */
    public static String normalized(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
