package org.mxhooks.process.faults;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Server;

/** Payara Micro with the embedded database. */
class KillIT extends KillSuite {

    @Override
    Server start(Path directory, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("mxhooks.home", directory.resolve("home").toString());
        return PayaraMicro.start(all);
    }
}
