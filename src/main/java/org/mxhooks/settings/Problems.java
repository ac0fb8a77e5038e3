package org.mxhooks.settings;

import static java.lang.System.Logger.Level.WARNING;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects problems of settings, which stop the deployment, and warnings, which do not. */
final class Problems {

    private static final System.Logger LOG = System.getLogger("org.mxhooks.settings");

    private final Set<String> problems = new LinkedHashSet<>();
    private final List<Runnable> warnings = new ArrayList<>();

    /** @param problem with the setting's name and the remedy; holds nothing secret */
    void add(String problem) {
        problems.add(problem);
    }

    void warn(String message, Object... parameters) {
        warnings.add(() -> LOG.log(WARNING, message, parameters));
    }

    boolean any() {
        return !problems.isEmpty();
    }

    /**
     * Logs the warnings, if there are no problems.
     *
     * @throws InvalidSettings if there are any
     */
    void conclude() {
        if (any()) {
            throw new InvalidSettings(List.copyOf(problems));
        }
        warnings.forEach(Runnable::run);
    }
}
