package org.mxhooks.process.harness;

import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import fish.payara.micro.boot.PayaraMicroLauncher;
import java.io.File;
import java.util.Scanner;

/**
 * Payara Micro with the arguments of its own command line; each line of standard input is an order: a WAR's path
 * deploys it, an empty line undeploys it.
 */
public final class MicroConsole {

    private static final String NAME = "mxhooks";

    private MicroConsole() {}

    public static void main(String[] arguments) throws Exception {
        PayaraMicroLauncher.main(arguments);
        PayaraMicroRuntime server = PayaraMicro.getInstance().getRuntime();
        try (Scanner orders = new Scanner(System.in, "UTF-8")) {
            while (orders.hasNextLine()) {
                obey(server, orders.nextLine());
            }
        }
        server.shutdown();
    }

    private static void obey(PayaraMicroRuntime server, String war) {
        if (war.isEmpty()) {
            server.undeploy(NAME);
        } else {
            server.deploy(NAME, NAME, new File(war));
        }
    }
}
