package org.mxhooks.portal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mxhooks.terminal.Printable;
import org.mxhooks.terminal.Terminal;
import org.mxhooks.terminal.TerminalWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: starts a portal, and runs until it is ended. */
@Command(
        name = "mxhooks-portal",
        description = "Stands in for the Mendix portal: apps, sprints, stories, and webhooks that are sent.",
        mixinStandardHelpOptions = true,
        versionProvider = MxhooksPortal.PortalVersion.class,
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "1:the port or the home cannot be used, or the portal refused", "2:wrong usage"},
        footerHeading = "%n",
        footer =
                "It listens on 127.0.0.1 only. Data, log of deliveries and the token of its Webhooks API are in the home.")
public final class MxhooksPortal implements Callable<Integer> {

    static final int DEFAULT_PORT = 8090;

    private static final int MAX_PORT = 65_535;

    /** A logger that nobody holds forgets its level. */
    private static final Map<Logger, Level> LIBRARIES = Map.of(
            Logger.getLogger("org.glassfish"), Level.SEVERE,
            Logger.getLogger("com.sun.net.httpserver"), Level.SEVERE,
            // It reports readers of a stream that have gone.
            Logger.getLogger("org.glassfish.jersey.server.ServerRuntime$Responder"), Level.OFF);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "" + DEFAULT_PORT,
            description = "Port to listen on; 0 for one that is free. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Directory of the data, created where it is missing. Default: .mxhooks-portal in your home")
    private Path home = Path.of(System.getProperty("user.home"), ".mxhooks-portal");

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "File with the token that the Webhooks API accepts. Default: portal.token in the home, generated")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--retry-for",
            paramLabel = "DURATION",
            defaultValue = "P1D",
            description = "How long a delivery that fails is tried again, such as PT10M. Default: ${DEFAULT-VALUE}")
    private Duration retryFor;

    public static void main(String[] args) {
        // Digits and letter cases of the output do not depend on the locale.
        Locale.setDefault(Locale.ROOT);
        LIBRARIES.forEach(Logger::setLevel);
        System.exit(commandLine()
                .setOut(writer(FileDescriptor.out, Terminal.current().shows()))
                .setErr(writer(FileDescriptor.err, Terminal.current().showsProgress()))
                .execute(args));
    }

    private static PrintWriter writer(FileDescriptor stream, boolean terminal) {
        return new PrintWriter(TerminalWriter.to(new FileOutputStream(stream), Terminal.charset(terminal)), true);
    }

    static CommandLine commandLine() {
        return new CommandLine(new MxhooksPortal())
                .addSubcommand(new PlayCommand())
                .setUsageHelpAutoWidth(true)
                .setExpandAtFiles(false) // a file with a secret would become arguments
                .setParameterExceptionHandler(MxhooksPortal::explainUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command));
    }

    private static int explainUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        command.getErr()
                .println("%s: %s See %s --help."
                        .formatted(
                                command.getCommandSpec().root().name(),
                                Printable.line(e.getMessage().replaceFirst("\\.?$", ".")),
                                command.getCommandSpec().qualifiedName()));
        return ExitCode.USAGE;
    }

    private static int explain(Exception failure, CommandLine command) {
        String text = failure instanceof PortalFailure
                ? failure.getMessage()
                : "%s. This is a defect of the portal: please report it.".formatted(failure);
        command.getErr().println("mxhooks-portal: " + Printable.line(text));
        return ExitCode.SOFTWARE;
    }

    @Override
    public Integer call() throws PortalFailure, IOException, InterruptedException {
        demandUsable();
        try (PortalHome opened = PortalHome.open(home);
                Portal portal = new Portal(opened, Clock.systemUTC(), retryFor)) {
            Path token = tokenFile.isPresent() ? tokenFile.get() : opened.tokenFile();
            try (PortalServer server = PortalServer.start(portal, token, port)) {
                portal.start();
                greet(server, opened, token);
                new CountDownLatch(1).await();
            }
        }
        return ExitCode.OK;
    }

    private void demandUsable() {
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(spec.commandLine(), "--port must be between 0 and %s.".formatted(MAX_PORT));
        }
        if (tokenFile.isPresent() && !Files.isReadable(tokenFile.get())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the file %s of --token-file cannot be read. Write a token into it.".formatted(tokenFile.get()));
        }
        if (retryFor.isNegative()) {
            throw new ParameterException(spec.commandLine(), "--retry-for must not be negative.");
        }
    }

    private void greet(PortalServer server, PortalHome opened, Path token) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Portal at %s, home %s".formatted(server.url(), opened.directory()));
        out.println("Webhooks API at %sv1, token in %s".formatted(server.url(), token));
    }

    static final class PortalVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = MxhooksPortal.class.getPackage().getImplementationVersion();
            return new String[] {
                "mxhooks-portal " + Optional.ofNullable(version).orElse("from a class directory")
            };
        }
    }
}
