// Signs with other implementations: reads {library, secret, format, id, timestamp, body}, one JSON object a line, and writes the value of webhook-signature for each.
import { createInterface } from "node:readline";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";

const libraries = { standardwebhooks: StandardWebhook, svix: SvixWebhook };

for await (const line of createInterface({ input: process.stdin })) {
  const { library, secret, format, id, timestamp, body } = JSON.parse(line);
  const webhook = new libraries[library](secret, format ? { format } : undefined);
  console.log(webhook.sign(id, new Date(timestamp * 1000), body));
}
