package org.mxhooks.settings;

import java.util.List;

/**
 * Settings that nothing can be started with; the message lists every problem with the setting's name and the remedy.
 */
public final class InvalidSettings extends IllegalStateException {

    private static final long serialVersionUID = 1;

    InvalidSettings(List<String> problems) {
        super("mxhooks cannot start, %s of its settings need attention:%n- %s"
                .formatted(problems.size(), String.join("%n- ".formatted(), problems)));
    }
}
