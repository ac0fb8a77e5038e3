package org.mxhooks.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.mxhooks.terminal.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The command {@code mxhooks export}. */
@Command(
        name = "export",
        description = "Saves all that is kept of an app in a ZIP of JSON lines.",
        footerHeading = "%nExample:%n",
        footer = "  mxhooks export --app 6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77 --output app.zip")
final class ExportCommand extends ApiCommand {

    @Option(names = "--app", required = true, paramLabel = "APP", description = "The id of the app.")
    private String app;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "The file; one of that name is replaced when the export is complete.")
    private String file;

    ExportCommand(Environment environment) {
        super(environment);
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Path target;
        try {
            target = Path.of(file);
        } catch (InvalidPathException e) {
            throw CommandFailure.unusable("--output is not the name of a file.", e);
        }
        long bytes = api().download(Api.path("apps", app, "export"), target);
        output.note(Printable.line("Saved %s bytes in %s.".formatted(bytes, file)));
        if (isEmpty(target)) {
            output.note("All its files are empty: nothing is stored of this app. Check the id.");
        }
        return ExitCode.OK;
    }

    private static boolean isEmpty(Path zip) throws CommandFailure {
        try (ZipFile export = new ZipFile(zip.toFile())) {
            return export.stream().allMatch(entry -> entry.getSize() == 0);
        } catch (IOException e) {
            throw CommandFailure.unusable("cannot read the file again. Pass another --output.", e);
        }
    }
}
