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
final class ShowDelivery implements Callable<Integer> {

    @Parameters(
            paramLabel = "DELIVERY",
            description = "Its id, which the sender received and mxhooks deliveries lists.")
    private String delivery;

    @Mixin
    private final Output output;

    @Mixin
    private final Operator operator;

    ShowDelivery(Surroundings surroundings) {
        output = new Output(surroundings.terminal());
        operator = new Operator(surroundings);
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        show(delivery, operator.api(), output);
        return ExitCode.OK;
    }

    static void show(String id, Api api, Output output) throws Failure, InterruptedException {
        JsonValue answer = api.get(Api.path(Deliveries.FIELD, id), Map.of());
        if (output.isJson()) {
            output.print(answer);
        } else {
            new DeliveryReport(Shape.object(answer), output.terminal()).print(output.out());
        }
    }
}
