package org.mxhooks.mirror;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.mirror.TestMirror.Provider;

class DeploymentsOnEclipseLinkEmbeddedIT extends DeploymentsSuite {

    @TempDir
    static Path home;

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.h2(home);
    }

    @Override
    Provider provider() {
        return Provider.ECLIPSELINK;
    }
}
