// Signs and verifies with other implementations: reads {library, secret, format, id, timestamp, body}, one JSON object a line, and writes the value of
// webhook-signature for each; where there is a signature already, whether it is valid.
import { createInterface } from "node:readline";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";

const libraries = { standardwebhooks: StandardWebhook, svix: SvixWebhook };

for await (const line of createInterface({ input: process.stdin })) {
  const { library, secret, format, id, timestamp, body, signature } = JSON.parse(line);
  const webhook = new libraries[library](secret, format ? { format } : undefined);
  console.log(signature ? verifies(webhook, body, { id, timestamp, signature }) : webhook.sign(id, new Date(timestamp * 1000), body));
}

function verifies(webhook, body, { id, timestamp, signature }) {
  try {
    webhook.verify(body, { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": signature });
    return true;
  } catch (refused) {
    return false;
  }
}
