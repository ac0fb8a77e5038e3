package org.mxhooks.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
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
        // Nothing that is printed depends on where it is printed: no digits or letter cases of a country.
        Locale.setDefault(Locale.ROOT);
        System.exit(execute(args));
    }

    private static int execute(String... args) {
        Terminal terminal = Terminal.present();
        PrintWriter out = writer(FileDescriptor.out, terminal.shows());
        PrintWriter err = writer(FileDescriptor.err, terminal.showsProgress());
        try {
            return commandLine(Environment.present(terminal))
                    .setOut(out)
                    .setErr(err)
                    .execute(args);
        } catch (CommandFailure failure) {
            return explain(failure, err);
        }
    }

    private static PrintWriter writer(FileDescriptor stream, boolean terminal) {
        return new PrintWriter(TerminalWriter.to(new FileOutputStream(stream), Terminal.charset(terminal)), true);
    }

    static CommandLine commandLine(Environment environment) {
        CommandLine mxhooks = new CommandLine(new Mxhooks())
                .addSubcommand(new SendCommand(environment))
                .addSubcommand(new ProbeCommand(environment))
                .addSubcommand(new SignCommand(environment))
                .addSubcommand(new VerifyCommand(environment))
                .addSubcommand(new DeliveriesCommand(environment))
                .addSubcommand(new DeliveryCommand(environment))
                .addSubcommand(new TailCommand(environment))
                .addSubcommand(new ConsumersCommand(environment))
                .addSubcommand(new DeadCommand(environment))
                .addSubcommand(new ReplayCommand(environment))
                .addSubcommand(new EndpointsCommand(environment))
                .addSubcommand(new CompletionCommand())
                .setUsageHelpAutoWidth(true)
                .setExpandAtFiles(false) // a file with a secret would become arguments
                .setExecutionStrategy(Mxhooks::run)
                .setParameterExceptionHandler(Mxhooks::explain)
                .setExecutionExceptionHandler(Mxhooks::explain);
        keepExamplesWhole(mxhooks);
        return mxhooks;
    }

    /** A command that is broken over two lines cannot be copied. */
    private static void keepExamplesWhole(CommandLine command) {
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, Mxhooks::footer);
        command.getSubcommands().values().forEach(Mxhooks::keepExamplesWhole);
    }

    private static String footer(Help help) {
        UsageMessageSpec usage = help.commandSpec().usageMessage();
        StringBuilder footer = new StringBuilder();
        for (String line : usage.footer()) {
            int width = line.startsWith("  ") ? Math.max(usage.width(), line.length() + 1) : usage.width();
            Help.join(help.ansi(), width, usage.adjustLineBreaksForWideCJKCharacters(), new String[] {line}, footer);
        }
        return footer.toString();
    }

    private static int run(ParseResult parsed) {
        try {
            LocaleCheck.refuse(parsed.originalArgs());
        } catch (CommandFailure failure) {
            return explain(failure, parsed.commandSpec().commandLine().getErr());
        }
        return new RunLast().execute(parsed);
    }

    private static int explain(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        if (args.length == 0) {
            command.usage(command.getErr());
            return ExitCode.USAGE;
        }
        return explain(CommandFailure.unusable(UsageError.explain(e, List.of(args)), e), command.getErr());
    }

    private static int explain(Exception e, CommandLine command, ParseResult parsed) {
        return explain(e instanceof CommandFailure failure ? failure : CommandFailure.unexpected(e), command.getErr());
    }

    private static int explain(CommandFailure failure, PrintWriter err) {
        err.println("mxhooks: " + Printable.line(failure.getMessage()));
        return failure.exitCode();
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Mxhooks.class.getPackage().getImplementationVersion();
            return new String[] {"mxhooks " + Optional.ofNullable(version).orElse("from a class directory")};
        }
    }
}
