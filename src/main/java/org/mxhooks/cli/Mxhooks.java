package org.mxhooks.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command {@code mxhooks}. */
@Command(
        name = "mxhooks",
        description = "Sends webhooks to mxhooks as the Mendix portal does.",
        mixinStandardHelpOptions = true,
        versionProvider = Mxhooks.Version.class,
        scope = ScopeType.INHERIT)
public final class Mxhooks {

    private Mxhooks() {}

    public static void main(String[] args) {
        System.exit(commandLine(home(), Clock.systemUTC()).execute(args));
    }

    /**
     * @param home where the embedded default keeps the secret that it generated
     * @param clock gives the samples their time
     */
    static CommandLine commandLine(Path home, InstantSource clock) {
        return new CommandLine(new Mxhooks())
                .addSubcommand(new Send(home, clock))
                .setExecutionExceptionHandler(Mxhooks::explain);
    }

    /** The setting {@code mxhooks.home}, looked for where the server looks for it. */
    private static Path home() {
        return Stream.of(System.getProperty("mxhooks.home"), System.getenv("MXHOOKS_HOME"))
                .filter(Objects::nonNull)
                .filter(value -> !value.isBlank())
                .findFirst()
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".mxhooks"));
    }

    private static int explain(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (e instanceof Failure failure) {
            command.getErr().println("mxhooks: " + failure.getMessage());
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
