// Verifies projects webhooks by the Community Commons recipe, written for Node's crypto: reads {secret, signature, body}, one JSON object a line, and
// writes whether the signature is valid.
import { createHash, createHmac } from "node:crypto";
import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, signature, body } = JSON.parse(line);
  const hash = Buffer.alloc(50);
  createHash("sha256").update(secret, "utf8").digest().copy(hash);
  console.log(createHmac("sha256", hash.toString("hex")).update(body, "utf8").digest("base64") === signature);
}
