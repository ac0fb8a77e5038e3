package org.mxhooks.mirror;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.mirror.TestMirror.Provider;

class DeploymentsOnHibernatePostgresIT extends DeploymentsSuite {

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }

    @Override
    Provider provider() {
        return Provider.HIBERNATE;
    }
}
