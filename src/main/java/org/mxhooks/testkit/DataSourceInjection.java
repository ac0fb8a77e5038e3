package org.mxhooks.testkit;

import jakarta.annotation.Resource;
import jakarta.enterprise.inject.spi.InjectionPoint;
import javax.sql.DataSource;
import org.jboss.weld.injection.spi.ResourceInjectionServices;
import org.jboss.weld.injection.spi.ResourceReferenceFactory;
import org.jboss.weld.injection.spi.helpers.SimpleResourceReference;
import org.mxhooks.database.Database;

/** Injects the only resource of the test kit: mxhooks' data source. */
record DataSourceInjection(DataSource dataSource) implements ResourceInjectionServices {

    @Override
    public ResourceReferenceFactory<Object> registerResourceInjectionPoint(InjectionPoint point) {
        Resource resource = point.getAnnotated().getAnnotation(Resource.class);
        return registerResourceInjectionPoint(resource.lookup(), resource.mappedName());
    }

    @Override
    public ResourceReferenceFactory<Object> registerResourceInjectionPoint(String jndiName, String mappedName) {
        if (!jndiName.equals(Database.DATA_SOURCE)) {
            throw new IllegalArgumentException(
                    "the test kit has no resource '%s', only %s. Inject other resources through a bean that a test can replace."
                            .formatted(jndiName, Database.DATA_SOURCE));
        }
        return () -> new SimpleResourceReference<>(dataSource);
    }

    @Override
    public void cleanup() {}
}
