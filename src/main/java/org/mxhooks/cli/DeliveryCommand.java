package org.mxhooks.cli;

import jakarta.json.JsonValue;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code mxhooks delivery}. */
@Command(
        name = "delivery",
        description = "Shows one delivery in full, with each consumer's state and why it failed.",
        footerHeading = "%nExample:%n",
        footer = "  mxhooks delivery 54105cd3-6741-44c4-b6a6-dd578535e387")
final class DeliveryCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DELIVERY",
            description = "Its id, which the sender received and mxhooks deliveries lists.")
    private String delivery;

    @Mixin
    private final OutputOptions output;

    @Mixin
    private final OperatorOptions operator;

    DeliveryCommand(Environment surroundings) {
        output = new OutputOptions(surroundings.terminal());
        operator = new OperatorOptions(surroundings);
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        show(delivery, operator.api(), output);
        return ExitCode.OK;
    }

    static void show(String id, Api api, OutputOptions output) throws CommandFailure, InterruptedException {
        JsonValue answer = api.get(Api.path(DeliveriesCommand.FIELD, id), Map.of());
        if (output.isJson()) {
            output.print(answer);
        } else {
            new DeliveryReport(JsonShape.object(answer), output.terminal()).print(output.out());
        }
    }
}
