package org.mxhooks.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code mxhooks completion}. */
@Command(
        name = "completion",
        description = "Prints a script for the completion of commands and options in bash and zsh.",
        footerHeading = "%nExample, for the current shell or ~/.bashrc:%n",
        footer = {
            "  alias mxhooks='java -jar /path/to/mxhooks-cli.jar'",
            "  source <(mxhooks completion)",
            "zsh requires this first: autoload -U +X compinit && compinit"
        })
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        command.commandLine()
                .getOut()
                .print(AutoComplete.bash("mxhooks", command.root().commandLine()));
        command.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
