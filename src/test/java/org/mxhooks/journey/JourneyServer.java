package org.mxhooks.journey;

import static org.jboss.arquillian.test.spi.LifecycleMethodExecutor.NO_OP;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.spi.TestRunnerAdaptor;
import org.jboss.arquillian.test.spi.TestRunnerAdaptorBuilder;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mxhooks.companion.Ageing;
import org.mxhooks.companion.Alarming;
import org.mxhooks.companion.Deploying;
import org.mxhooks.companion.Failing;
import org.mxhooks.companion.Flushing;
import org.mxhooks.companion.GivingUp;
import org.mxhooks.companion.KeptTexts;
import org.mxhooks.companion.Label;
import org.mxhooks.companion.Labels;
import org.mxhooks.companion.Notes;
import org.mxhooks.companion.OnlyOne;
import org.mxhooks.companion.ReadingAhead;
import org.mxhooks.companion.Refused;
import org.mxhooks.companion.RefusedToo;
import org.mxhooks.companion.RollingBack;
import org.mxhooks.companion.Rows;
import org.mxhooks.companion.RowsTable;
import org.mxhooks.companion.Subscriber;
import org.mxhooks.companion.TryingLater;
import org.mxhooks.companion.Warehouse;
import org.mxhooks.companion.Wavering;
import org.mxhooks.companion.Working;
import org.mxhooks.privacy.StoredTexts;

/**
 * The server that the journeys of this JVM run on. Arquillian starts it when the first of them begins, deploys the
 * built WAR with the companions of all journeys once for all of them, and ends it with the JVM.
 */
final class JourneyServer implements BeforeAllCallback {

    private static final String MXHOOKS = "mxhooks";
    private static final String REFUSED = "refused";

    private static boolean started;
    private static boolean deployed;

    @Deployment(name = MXHOOKS, managed = false, testable = false)
    static WebArchive mxhooks() {
        return Companion.warWithJpa(
                Notes.class,
                Ageing.class,
                Alarming.class,
                Label.class,
                Labels.class,
                Labels.Persisting.class,
                Labels.Swallowing.class,
                Flushing.class,
                Deploying.class,
                Failing.class,
                GivingUp.class,
                TryingLater.class,
                RollingBack.class,
                Working.class,
                KeptTexts.class,
                StoredTexts.class,
                OnlyOne.class,
                ReadingAhead.class,
                Rows.class,
                RowsTable.class,
                Subscriber.class,
                Warehouse.class,
                Wavering.class);
    }

    @Deployment(name = REFUSED, managed = false, testable = false)
    static WebArchive refused() {
        return ShrinkWrap.create(WebArchive.class, "refused.war")
                .merge(Companion.warWith(Refused.class, RefusedToo.class));
    }

    @Override
    public void beforeAll(ExtensionContext test) throws Exception {
        if (!started) {
            start();
        }
        if (!deployed) {
            deploy();
        }
    }

    private static void start() throws Exception {
        TestRunnerAdaptor arquillian = TestRunnerAdaptorBuilder.build();
        arquillian.beforeSuite();
        arquillian.beforeClass(JourneyServer.class, NO_OP);
        started = true;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(arquillian)));
    }

    private static void end(TestRunnerAdaptor arquillian) {
        try {
            if (deployed) {
                undeploy();
            }
            arquillian.afterClass(JourneyServer.class, NO_OP);
            arquillian.afterSuite();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            arquillian.shutdown();
        }
    }

    /** Ends the application and starts it again; Payara Micro itself ends with its deployment. */
    static void restart() {
        undeploy();
        deploy();
    }

    /** Ends the application and tries to deploy one whose observers cannot be consumers. */
    static void deployRefused() {
        undeploy();
        Whereabouts.deploy(REFUSED);
    }

    private static void deploy() {
        Whereabouts.deploy(MXHOOKS);
        deployed = true;
    }

    private static void undeploy() {
        deployed = false;
        Whereabouts.undeploy(MXHOOKS);
    }

    /** Where the application is, ending in a slash. */
    static URI application() {
        return Whereabouts.application();
    }

    static Portal portal() {
        return new Portal(application(), "default", System.getProperty("portal.secret"));
    }

    static Operator operator() {
        return new Operator(application(), System.getProperty("operator.password"));
    }

    /** What the server has logged until now. */
    static String log() throws IOException {
        Path log = Whereabouts.log();
        return Files.exists(log) ? Files.readString(log) : "";
    }
}
