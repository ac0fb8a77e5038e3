package org.mxhooks.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that calls the operator API, with the options that all of these have. */
abstract class ApiCommand implements Callable<Integer> {

    @Mixin
    final OutputOptions output;

    @Mixin
    private final OperatorOptions operator;

    ApiCommand(Environment environment) {
        output = new OutputOptions(environment.terminal());
        operator = new OperatorOptions(environment);
    }

    final Api api() throws CommandFailure {
        return operator.api();
    }
}
