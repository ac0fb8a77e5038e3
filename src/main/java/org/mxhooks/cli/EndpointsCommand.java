package org.mxhooks.cli;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.mxhooks.terminal.Fields;
import org.mxhooks.terminal.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The command {@code mxhooks endpoints}. */
@Command(
        name = "endpoints",
        description =
                "Lists the endpoints: scheme, key derivation, secret fingerprint, last delivery, and refusals since the node started.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks endpoints",
            "  mxhooks endpoints --json",
            "PREVIOUS USED is when the previous secret last verified a request on the node that answers. A rotation is complete when",
            "it no longer changes on any node.",
            "Equal fingerprints mean equal secrets; a fingerprint does not reveal its secret:",
            "  printf 'mxhooks fingerprint %%s' \"$(cat portal.secret)\" | sha256sum | cut -c1-12"
        })
final class EndpointsCommand extends ApiCommand {

    private static final List<Column> COLUMNS = List.of(
            Column.text("NAME", endpoint -> Fields.text(endpoint, "name")),
            Column.text("SCHEME", endpoint -> Fields.text(endpoint, "scheme")),
            Column.text("DERIVATION", endpoint -> Fields.text(endpoint, "keyDerivation")),
            Column.of("FINGERPRINT", endpoint -> Fields.text(endpoint, "fingerprint")),
            Column.of("PREVIOUS USED", endpoint -> Fields.time(endpoint, "lastPreviousSecretUse")),
            Column.of("LAST DELIVERY", endpoint -> Fields.time(endpoint, "lastDelivery")),
            Column.text("EXPIRES", endpoint -> Fields.text(endpoint, "versionExpiry")),
            Column.number("REFUSED", "refused"),
            Column.text("LAST REFUSAL", EndpointsCommand::lastRefusal));

    EndpointsCommand(Environment environment) {
        super(environment);
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        output.print(api().get("/endpoints", Map.of()), COLUMNS);
        return ExitCode.OK;
    }

    private static String lastRefusal(JsonObject endpoint) {
        return endpoint.get("lastRefusal") instanceof JsonObject refusal
                ? "%s (%s)".formatted(Fields.text(refusal, "why"), Fields.time(refusal, "at"))
                : "";
    }
}
