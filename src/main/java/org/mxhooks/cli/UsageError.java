package org.mxhooks.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line. The message repeats no argument: it may be a secret in the wrong place. */
final class UsageError {

    private static final int MAX_WRONG_LETTERS = 2;

    private UsageError() {}

    static String explain(ParameterException e, List<String> arguments) {
        CommandLine command = e.getCommandLine();
        return "%s See %s --help."
                .formatted(problem(e, arguments), command.getCommandSpec().qualifiedName());
    }

    private static String problem(ParameterException e, List<String> arguments) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched, arguments);
        }
        if (e instanceof MissingParameterException missing) {
            return missing.getMissing().isEmpty()
                    ? "a required argument is missing."
                    : valueIsMissing(missing, arguments)
                            ? "%s needs a value: %s."
                                    .formatted(
                                            name(missing.getMissing().get(0)),
                                            missing.getMissing().get(0).paramLabel())
                            : missing.getMissing().stream()
                                            .map(UsageError::name)
                                            .collect(Collectors.joining(" and "))
                                    + (missing.getMissing().size() == 1 ? " is required." : " are required.");
        }
        if (e instanceof OverwrittenOptionException overwritten) {
            return "%s is given twice.".formatted(name(overwritten.getOverwritten()));
        }
        return e.getArgSpec() == null
                ? "the arguments cannot be understood."
                : "%s must be %s%s."
                        .formatted(name(e.getArgSpec()), allowed(e.getArgSpec()), UserInput.shown(e.getValue()));
    }

    /** Whether an option was passed without a value. */
    private static boolean valueIsMissing(MissingParameterException e, List<String> arguments) {
        return e.getMissing().get(0) instanceof OptionSpec option
                && Arrays.stream(option.names()).anyMatch(arguments::contains);
    }

    private static String unmatched(UnmatchedArgumentException e, List<String> arguments) {
        String first = e.getUnmatched().get(0);
        if (first.startsWith("--secret") || first.startsWith("--password")) {
            return "a secret or password is never an argument: every process of this machine could read it. Write it to a file and"
                    + " pass --secret-file or --password-file.";
        }
        int index = arguments.indexOf(first);
        String which = index < 0 ? "an argument" : "argument " + (index + 1);
        return "%s %s%s".formatted(which, surplus(e, first), suggestions(near(first, e.getSuggestions())));
    }

    private static String surplus(UnmatchedArgumentException e, String first) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        if (first.startsWith("-")) {
            return "is not an option of %s.".formatted(command);
        }
        return e.getCommandLine().getSubcommands().isEmpty()
                ? "is too many for %s.".formatted(command)
                : "is not a command of %s.".formatted(command);
    }

    /** The names within one typing error; picocli suggests whatever has two letters in common. */
    private static List<String> near(String typed, List<String> names) {
        return names.stream().filter(name -> isNear(typed, name)).toList();
    }

    private static boolean isNear(String typed, String name) {
        int shorter = Math.min(typed.length(), name.length());
        int start = 0;
        while (start < shorter && typed.charAt(start) == name.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && typed.charAt(typed.length() - 1 - end) == name.charAt(name.length() - 1 - end)) {
            end++;
        }
        return start + end > 0 && Math.max(typed.length(), name.length()) - start - end <= MAX_WRONG_LETTERS;
    }

    private static String suggestions(List<String> names) {
        return names.isEmpty() ? "" : " Did you mean %s?".formatted(String.join(" or ", names));
    }

    private static String allowed(ArgSpec argument) {
        if (argument.completionCandidates() != null) {
            return "one of " + String.join(", ", argument.completionCandidates());
        }
        Class<?> type = argument.auxiliaryTypes()[0];
        if (type == int.class || type == long.class) {
            return "a whole number";
        }
        return type == Double.class ? "a number" : "given without a value";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
