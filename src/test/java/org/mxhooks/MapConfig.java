package org.mxhooks;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** MicroProfile Config as a server offers it, over one source. */
public final class MapConfig {

    private MapConfig() {}

    public static Config of(Map<String, String> properties) {
        return of(new PropertiesConfigSource(properties, "test", 100));
    }

    public static Config of(ConfigSource source) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(source)
                .build();
    }
}
