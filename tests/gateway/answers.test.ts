/** What every answer of the edge carries, and how long it lets a request come in: a real Envoy before a service that answers at once. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { connect as connectHttp2 } from "node:http2";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { HttpBody } from "../../gen/google/api/httpbody.ts";
import { publicKeySet } from "../lib/harness.ts";
import { askUnverified, bootEdge } from "./edge.ts";
import { startRecorder } from "./recorder.ts";

const JWKS = "/herald.identity.v1.TokenService/GetJwks";

async function bootAnswering(t: Parameters<typeof bootEdge>[0], options: Parameters<typeof bootEdge>[2] = {}) {
  const data = Buffer.from(await publicKeySet());
  const keys = HttpBody.encode({ contentType: "application/json", data, extensions: [] }).finish();
  const recorder = await startRecorder(t, (path) => (path === JWKS ? keys : new Uint8Array()));
  return bootEdge(t, recorder.address, options);
}

test("every answer says that it is neither to be kept nor guessed at, and redirects repeat no host", async (t) => {
  const edge = await bootAnswering(t);
  const post = { method: "POST", body: "{}" };
  const asked: [string, RequestInit, number][] = [
    ["/v1/tokens", post, 200],
    ["/v1/tokens", { method: "POST", body: "{" }, 400],
    ["/v1/tenant", {}, 401],
    ["/nothing", {}, 404],
    ["/healthz", {}, 200],
    ["/a%2fb", {}, 400],
    ["/", { redirect: "manual" }, 302],
  ];
  for (const [path, init, status] of asked) {
    const answer = await fetch(`${edge}${path}`, init);
    assert.equal(answer.status, status, path);
    assert.equal(answer.headers.get("cache-control"), "no-store", path);
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff", path);
    assert.equal(answer.headers.get("strict-transport-security"), null, "only with TLS");
    await answer.arrayBuffer();
  }
  const redirect = await fetch(`${edge}/`, { redirect: "manual", headers: { "x-forwarded-host": "evil.example" } });
  assert.equal(redirect.headers.get("location"), "/ui/");
  const document = await fetch(`${edge}/openapi.json`);
  assert.equal(document.headers.get("cache-control"), "no-cache", "what says otherwise itself is left alone");
});

test("who is not known is told of a realm, and not of the host that he asked for", async (t) => {
  const edge = await bootAnswering(t);
  for (const authorization of [undefined, "Bearer abc"]) {
    const headers = { host: "evil.example", ...(authorization && { authorization }) };
    const realm = await new Promise((resolve, reject) => {
      const call = request(`${edge}/v1/users`, { headers }).on("error", reject).end();
      call.on(
        "response",
        (answer) => (answer.resume(), resolve([answer.statusCode, answer.headers["www-authenticate"]])),
      );
    });
    assert.deepEqual(realm, [401, 'Bearer realm="herald"']);
  }
});

/** A key and a certificate that signs itself. */
async function ownCertificate(folder: string): Promise<{ certFile: string; keyFile: string }> {
  const [certFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const call = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  await promisify(execFile)("openssl", [...call, "-subj", "/CN=localhost", "-keyout", keyFile, "-out", certFile]);
  return { certFile, keyFile };
}

/** A built UI in small. */
async function smallUi(folder: string): Promise<string> {
  const uiDir = join(folder, "ui");
  const files = { "index.html": "<!doctype html>", "assets/app-1a2b3c.js": "let a;", "static/favicon.svg": "<svg/>" };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(uiDir, name)), { recursive: true });
    await writeFile(join(uiDir, name), text);
  }
  return uiDir;
}

test("with TLS every answer says that none comes without it; built files are kept for good, their page and what is not there are not", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "herald-tls-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const [tls, uiDir] = await Promise.all([ownCertificate(folder), smallUi(folder)]);
  const edge = await bootAnswering(t, { tls, uiDir });
  const json = { "content-type": "application/json" };
  const asked: [string, Parameters<typeof askUnverified>[1], number, string][] = [
    ["/v1/tokens", { method: "POST", body: "{}", headers: json }, 200, "no-store"],
    ["/v1/tokens", { method: "POST", body: "{", headers: json }, 400, "no-store"],
    ["/v1/tokens", { method: "DELETE" }, 405, "no-store"],
    ["/v1/tenant", {}, 401, "no-store"],
    ["/nothing", {}, 404, "no-store"],
    ["/healthz", {}, 200, "no-store"],
    ["/ui/lists/anything", {}, 200, "no-cache"],
    ["/ui/assets/app-1a2b3c.js", {}, 200, "public, max-age=31536000, immutable"],
    ["/ui/assets/gone-000000.js", {}, 404, "no-store"],
    ["/ui/static/favicon.svg", {}, 200, "no-store"],
    ["/ui/static/gone.svg", {}, 404, "no-store"],
    ["/openapi.json", {}, 200, "no-cache"],
  ];
  const seen = await Promise.all(
    asked.map(async ([path, init]) => {
      const { status, headers } = await askUnverified(`${edge}${path}`, init);
      return [path, init, status, headers["cache-control"] ?? ""] as const;
    }),
  );
  assert.deepEqual(seen, asked);
  for (const [path, init] of asked) {
    const { headers } = await askUnverified(`${edge}${path}`, init);
    assert.equal(headers["strict-transport-security"], "max-age=31536000; includeSubDomains", path);
    assert.equal(headers["x-content-type-options"], "nosniff", path);
  }
  const malformed = await askUnverified(`${edge}/a%2fb`);
  assert.deepEqual([malformed.status, malformed.headers["x-content-type-options"]], [400, "nosniff"]);
  const plain = await fetch(edge.replace("https:", "http:")).catch(() => undefined);
  assert.equal(plain, undefined, "nothing is said without TLS");
});

test("a request that does not become whole is ended, by REST and gRPC, over HTTP/1.1 and HTTP/2, however it trickles", async (t) => {
  const edge = new URL(await bootAnswering(t, { edit: (json) => json.replaceAll('"60s"', '"1.5s"') }));
  const begunAt = performance.now();
  const plain = new Promise<string>((resolve) => {
    const socket = connect(Number(edge.port), edge.hostname);
    let told = "";
    socket.write("POST /v1/tokens HTTP/1.1\r\nhost: edge\r\ncontent-length: 100\r\n\r\n");
    const trickle = setInterval(() => socket.write(" "), 200);
    socket.on("data", (part) => (told += String(part)));
    socket.on("error", () => {}).on("close", () => (clearInterval(trickle), resolve(told)));
  });
  const session = connectHttp2(edge.origin);
  t.after(() => session.destroy());
  const half = (headers: Record<string, string>) =>
    new Promise<void>((resolve) => {
      const call = session.request({ ":method": "POST", ...headers });
      const trickle = setInterval(() => call.write(" "), 200);
      call
        .on("error", () => {})
        .on("close", () => (clearInterval(trickle), resolve()))
        .resume();
    });
  await Promise.all([
    plain,
    half({ ":path": "/v1/tokens" }),
    half({ ":path": "/herald.identity.v1.TokenService/IssueToken", "content-type": "application/grpc" }),
    half({
      ":path": "/herald.identity.v1.TokenService/IssueToken",
      "content-type": "application/grpc",
      "grpc-timeout": "99H",
    }),
  ]);
  assert.ok(performance.now() - begunAt < 10_000);
  assert.match(await plain, /^HTTP\/1.1 (408|504|503)/);
});
