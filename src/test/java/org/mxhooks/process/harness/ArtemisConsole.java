package org.mxhooks.process.harness;

import java.io.File;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** An Artemis, told by its arguments at which port it listens and where it keeps messages. */
public final class ArtemisConsole {

    private ArtemisConsole() {}

    public static void main(String[] arguments) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJournalType(JournalType.NIO)
                .setMaxDiskUsage(-1)
                .addAcceptorConfiguration("all", "tcp://127.0.0.1:%s?protocols=CORE,OPENWIRE".formatted(arguments[0]));
        configuration.setBrokerInstance(new File(arguments[1]));
        new EmbeddedActiveMQ().setConfiguration(configuration).start();
    }
}
