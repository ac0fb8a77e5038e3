package org.mxhooks.process.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.mxhooks.process.harness.Postgres;
import org.mxhooks.process.harness.Server;
import org.mxhooks.process.harness.WildFly;

/** WildFly with PostgreSQL. */
class KillWildFlyIT extends KillSuite {

    private Postgres postgres;

    @Override
    Server start(Path directory, Map<String, String> settings) throws IOException {
        if (postgres == null) {
            postgres = new Postgres(directory.resolve("postgres"));
            postgres.start();
        }
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(postgres.settings());
        all.put("mxhooks.home", directory.resolve("home").toString());
        WildFly server = new WildFly(directory.resolve("wildfly"), all);
        server.deploy(Path.of(System.getProperty("war")));
        return server;
    }

    @AfterAll
    void stopPostgres() throws IOException {
        postgres.close();
    }
}
