package org.mxhooks.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mxhooks.terminal.Printable;
import org.mxhooks.terminal.Terminal;
import org.mxhooks.terminal.TerminalWriter;
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
                "Operates mxhooks: shows, repairs, erases and exports what it stores; sends webhooks as the Mendix portal does.",
        mixinStandardHelpOptions = true,
        versionProvider = Mxhooks.VersionProvider.class,
        scope = ScopeType.INHERIT,
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "1:refused by the server", "2:wrong usage, or a file cannot be read", "3:no answer"
        },
        footerHeading = "%n",
        footer = {
            "Options and examples: mxhooks COMMAND --help. On the server's machine, with the embedded database, no command needs an option; "
                    + "elsewhere set MXHOOKS_URL, MXHOOKS_USER and MXHOOKS_PASSWORD_FILE.",
            "HTTPS with a CA of your own: java -Djavax.net.ssl.trustStore=FILE -jar mxhooks-cli.jar …",
            "Colours: on a terminal, unless NO_COLOR is set."
        })
public final class Mxhooks {

    private Mxhooks() {}

    public static void main(String[] args) {
        // Digits and letter cases of the output do not depend on the locale.
        Locale.setDefault(Locale.ROOT);
        // Shorter than a node keeps an idle connection: a delivery sent on one that it is just closing has no answer.
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
        System.exit(execute(args));
    }

    private static int execute(String... args) {
        Terminal terminal = Terminal.current();
        PrintWriter out = writer(FileDescriptor.out, terminal.shows());
        PrintWriter err = writer(FileDescriptor.err, terminal.showsProgress());
        try {
            return commandLine(Environment.current(terminal))
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
                .addSubcommand(new OrdersCommand(environment))
                .addSubcommand(new AlarmsCommand(environment))
                .addSubcommand(new EndpointsCommand(environment))
                .addSubcommand(new RefusedCommand(environment))
                .addSubcommand(new SubscriptionsCommand(environment))
                .addSubcommand(new RegisterCommand(environment))
                .addSubcommand(new EraseCommand(environment))
                .addSubcommand(new ExportCommand(environment))
                .addSubcommand(new CompletionCommand())
                .setUsageHelpAutoWidth(true)
                .setExpandAtFiles(false) // a file with a secret would become arguments
                .setExecutionStrategy(Mxhooks::run)
                .setParameterExceptionHandler(Mxhooks::explain)
                .setExecutionExceptionHandler(Mxhooks::explain);
        keepExamplesUnwrapped(mxhooks);
        return mxhooks;
    }

    /** A command that is wrapped cannot be copied. */
    private static void keepExamplesUnwrapped(CommandLine command) {
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, Mxhooks::footer);
        command.getSubcommands().values().forEach(Mxhooks::keepExamplesUnwrapped);
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

    static final class VersionProvider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Mxhooks.class.getPackage().getImplementationVersion();
            return new String[] {"mxhooks " + Optional.ofNullable(version).orElse("from a class directory")};
        }
    }
}
