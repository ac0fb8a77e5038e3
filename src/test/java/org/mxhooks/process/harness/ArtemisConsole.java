package org.mxhooks.process.harness;

import java.io.File;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** An Artemis; its arguments are the port at which it listens and the directory of its messages. */
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
