package org.mxhooks.access;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.mxhooks.settings.Settings;

/** What the filters of users inject, for the tests of applications that register them. */
public final class TestAccess {

    private TestAccess() {}

    /** The beans of an application, by type, with those of its filters. */
    public static Map<Class<?>, Object> with(Settings settings, MeterRegistry meters, Map<Class<?>, Object> beans) {
        Map<Class<?>, Object> all = new HashMap<>(beans);
        all.put(AccessControl.class, AccessControl.of(settings, meters));
        all.put(AuditLog.class, new AuditLog());
        return all;
    }
}
