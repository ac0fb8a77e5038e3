package org.mxhooks.settings;

import java.util.List;

/** Invalid settings; the message lists every problem with the name of the setting and the remedy. */
public final class InvalidSettings extends IllegalStateException {

    private static final long serialVersionUID = 1;

    InvalidSettings(List<String> problems) {
        super("mxhooks cannot start; settings to correct: %s%n- %s"
                .formatted(problems.size(), String.join("%n- ".formatted(), problems)));
    }
}
