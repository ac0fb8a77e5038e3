// Verifies, keeps, answers; settings are environment variables.
import { createHash, randomUUID } from "node:crypto";
import { Webhooks } from "@octokit/webhooks";
import express from "express";
import pg from "pg";

const webhooks = new Webhooks({ secret: process.env.SECRET });
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 32 });
const insert = {
  name: "keep",
  text: "insert into node_keep.delivery (id, identity, received_at, body) values ($1, $2, $3, $4) on conflict do nothing",
};

const app = express();
app.disable("x-powered-by");
app.post("/keep", express.text({ type: "*/*", limit: "1mb" }), async (request, response) => {
  const signature = request.get("x-hub-signature-256");
  if (!signature || !(await webhooks.verify(request.body, signature))) {
    response.sendStatus(401);
    return;
  }
  const body = Buffer.from(request.body);
  const delivery = randomUUID();
  const identity = createHash("sha256").update(body).digest();
  const { rowCount } = await pool.query({ ...insert, values: [delivery, identity, new Date(), body] });
  response.status(rowCount === 1 ? 202 : 200).json({ delivery });
});
app.listen(Number(process.env.PORT), "127.0.0.1");
