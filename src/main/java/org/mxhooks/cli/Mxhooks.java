package org.mxhooks.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command {@code mxhooks}. */
@Command(
        name = "mxhooks",
        description =
                "Sends webhooks to mxhooks as the Mendix portal does, and shows the operator what became of them.",
        mixinStandardHelpOptions = true,
        versionProvider = Mxhooks.Version.class,
        scope = ScopeType.INHERIT,
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the server said no", "2:not understood, or a file cannot be read", "3:no answer"},
        footerHeading = "%n",
        footer = {
            "What a command takes and does: mxhooks COMMAND --help. On the machine that mxhooks runs on, with its embedded default, no command "
                    + "needs an option; elsewhere set MXHOOKS_URL, MXHOOKS_USER and MXHOOKS_PASSWORD_FILE.",
            "HTTPS with a CA of your own: java -Djavax.net.ssl.trustStore=FILE -jar mxhooks-cli.jar …",
            "Colours: on a terminal, unless NO_COLOR is set."
        })
public final class Mxhooks {

    private Mxhooks() {}

    public static void main(String[] args) {
        System.exit(commandLine(Surroundings.present()).execute(args));
    }

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new Mxhooks())
                .addSubcommand(new Send(surroundings))
                .addSubcommand(new SendProbe(surroundings))
                .addSubcommand(new Sign(surroundings))
                .addSubcommand(new Verify(surroundings))
                .addSubcommand(new Deliveries(surroundings))
                .addSubcommand(new Tail(surroundings))
                .addSubcommand(new Consumers(surroundings))
                .addSubcommand(new Dead(surroundings))
                .addSubcommand(new Replay(surroundings))
                .addSubcommand(new Endpoints(surroundings))
                .addSubcommand(new Completion())
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(Mxhooks::explain);
    }

    private static int explain(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (e instanceof Failure failure) {
            command.getErr().println("mxhooks: " + Printable.line(failure.getMessage()));
            return failure.exitCode();
        }
        throw e;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Mxhooks.class.getPackage().getImplementationVersion();
            return new String[] {"mxhooks " + Optional.ofNullable(version).orElse("from a class directory")};
        }
    }
}
