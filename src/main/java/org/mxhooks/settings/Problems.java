package org.mxhooks.settings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with the settings, each once. */
final class Problems {

    private final Set<String> problems = new LinkedHashSet<>();

    /** @param what follows the setting's name; holds nothing secret */
    void add(String setting, String what) {
        problems.add("%s (environment variable %s) %s".formatted(setting, SettingNames.environmentName(setting), what));
    }

    /** @param problem that names the setting itself */
    void add(String problem) {
        problems.add(problem);
    }

    boolean any() {
        return !problems.isEmpty();
    }

    /** @throws InvalidSettings if there are any */
    void throwIfAny() {
        if (any()) {
            throw new InvalidSettings(List.copyOf(problems));
        }
    }
}
