/** A real edge with its body check in a process of its own, flooded with the worst bodies: others are answered, and both say that they are well. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { HttpBody } from "../../gen/google/api/httpbody.ts";
import { projectRoot } from "../../deploy/local/paths.ts";
import { freePorts } from "../../deploy/local/ports.ts";
import { launch } from "../../deploy/local/process.ts";
import { LARGEST_JSON, LARGEST_OF_STRANGERS } from "../../gateway/body-limits.ts";
import { cleanup, type Owner } from "../lib/cleanup.ts";
import { publicKeySet, tokenFor } from "../lib/harness.ts";
import { bootEdge } from "./edge.ts";
import { startRecorder } from "./recorder.ts";

const JWKS = "/herald.identity.v1.TokenService/GetJwks";

async function bootFlooded(t: Owner): Promise<string> {
  const data = Buffer.from(await publicKeySet());
  const keys = HttpBody.encode({ contentType: "application/json", data, extensions: [] }).finish();
  const recorder = await startRecorder(t, (path) => (path === JWKS ? keys : new Uint8Array()));
  const folder = await mkdtemp(join(tmpdir(), "herald-flood-"));
  cleanup(t, () => rm(folder, { recursive: true, force: true }));
  const [port] = (await freePorts(1)) as [number];
  const check = await launch({
    name: "body-check",
    command: process.execPath,
    args: ["--max-semi-space-size=1", join(projectRoot, "gateway", "body-check-main.ts")],
    env: { PORT: String(port) },
    logFile: join(folder, "body-check.log"),
  });
  cleanup(t, () => check.stop());
  return bootEdge(t, recorder.address, { bodyCheck: `127.0.0.1:${port}` });
}

interface Call {
  path: string;
  body: string;
  authorization?: string;
  localAddress?: string;
}

/** Gives the status; 0 where the connection was closed. */
const post = (edge: string, { path, body, authorization, localAddress }: Call, agent?: Agent): Promise<number> =>
  new Promise((resolve) => {
    const headers = { "content-type": "application/json", ...(authorization && { authorization }) };
    const call = request(`${edge}${path}`, {
      method: "POST",
      headers,
      ...(localAddress && { localAddress }),
      ...(agent && { agent }),
    });
    call.on("error", () => resolve(0)).end(body);
    call.on("response", (answer) => answer.resume().on("close", () => resolve(answer.statusCode ?? 0)));
  });

/** Many at once, each sending its next as soon as the last is answered; gives what ends it, with how many were answered how. */
function flood(edge: string, call: Call, atOnce: number): () => Promise<Map<number, number>> {
  const agent = new Agent({ keepAlive: true });
  const statuses = new Map<number, number>();
  const over = new AbortController();
  const one = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const status = await post(edge, call, agent);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  const all = Promise.all(Array.from({ length: atOnce }, one));
  return async () => {
    over.abort();
    await all;
    agent.destroy();
    return statuses;
  };
}

const filled = (size: number, open: string, part: string, close: string): string =>
  open + part.repeat((size - open.length - close.length) / part.length) + close;

const names = `{"z":{${Array.from({ length: 120_000 }, (_, i) => `"${i.toString(36)}":1`)
  .join(",")
  .slice(0, LARGEST_JSON - 10)}}}`;
const lines = filled(LARGEST_OF_STRANGERS, '{"a":1', ',\n"a":1', "}");
const items = filled(LARGEST_OF_STRANGERS, '{"password":{"tenant":["x"', ',""', "]}}");

const CALLS = 40;
const LONGEST_MS = 2_000;

const floods: Record<string, (edge: string) => Promise<(() => Promise<Map<number, number>>)[]>> = {
  "strangers with names given twice and lists for texts": async (edge) =>
    [lines, items].map((body) => flood(edge, { path: "/v1/tokens", body }, 24)),
  "three tenants with the largest bodies of the most names": async (edge) => {
    const tokens = await Promise.all([1, 2, 3].map(() => tokenFor({})));
    return tokens.map((token) =>
      flood(edge, { path: "/v1/campaign-groups", body: names, authorization: `Bearer ${token}` }, 12),
    );
  },
};

for (const [who, begin] of Object.entries(floods)) {
  test(`${who} keep nobody else's call from being answered, and the edge says that it is well`, async (t) => {
    const edge = await bootFlooded(t);
    const other = {
      path: "/v1/suppression-lists",
      body: '{"suppressionList":{"name":"Regulator"}}',
      authorization: `Bearer ${await tokenFor({})}`,
    };
    assert.equal(await post(edge, other), 200);
    const ends = await begin(edge);
    const times: number[] = [];
    for (let i = 0; i < CALLS; i++) {
      const begunAt = performance.now();
      assert.equal(await post(edge, other), 200);
      times.push(performance.now() - begunAt);
      assert.equal((await fetch(`${edge}/healthz`)).status, 200);
    }
    const answered = await Promise.all(ends.map((end) => end()));
    assert.ok(Math.max(...times) < LONGEST_MS, `the longest took ${Math.max(...times)} ms`);
    for (const statuses of answered)
      assert.ok([...statuses.values()].reduce((a, b) => a + b, 0) > 10, "there was a flood");
    t.diagnostic(`longest ${Math.round(Math.max(...times))} ms, ${JSON.stringify(answered.map((each) => [...each]))}`);
  });
}
