package org.mxhooks.cli;

import jakarta.json.JsonValue;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** The command {@code mxhooks delivery}. */
@Command(
        name = "delivery",
        description = "Shows one delivery in full, with the state of each consumer and the cause of failures.",
        footerHeading = "%nExample:%n",
        footer = "  mxhooks delivery 54105cd3-6741-44c4-b6a6-dd578535e387")
final class DeliveryCommand extends ApiCommand {

    /** Name of the deliveries, in the path of one and in a list of them. */
    static final String COLLECTION = "deliveries";

    @Parameters(
            paramLabel = "DELIVERY",
            description = "Its id: from the answer to the sender, or from mxhooks deliveries.")
    private String delivery;

    DeliveryCommand(Environment environment) {
        super(environment);
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        show(delivery, api(), output);
        return ExitCode.OK;
    }

    static void show(String id, Api api, OutputOptions output) throws CommandFailure, InterruptedException {
        JsonValue answer = api.get(Api.path(COLLECTION, id), Map.of());
        if (output.isJson()) {
            output.print(answer);
        } else {
            new DeliveryReport(JsonShape.object(answer), output.terminal()).print(output.out());
        }
    }
}
