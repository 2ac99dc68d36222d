/** What REST says is what the service hears: every call of the contract, every field filled, against the same message sent by gRPC. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromJsonString, type Message, toBinary, toJson } from "@bufbuild/protobuf";
import { Client, credentials, Metadata } from "@grpc/grpc-js";
import { HttpBody } from "../../gen/google/api/httpbody.ts";
import { linkDescriptorSet, readDescriptorSet } from "../../tools/contract/descriptors.ts";
import { type HttpRule, type Method, readMethods } from "../../tools/contract/methods.ts";
import { publicKeySet, tokenFor } from "../lib/harness.ts";
import { bootEdge } from "./edge.ts";
import { filledMessage } from "./filled-message.ts";
import { type RecordedMessage, type Recorder, startRecorder } from "./recorder.ts";
import { inPath, isUnspeakable, type Notation, PATH_TEXT, restRequest } from "./rest-request.ts";

const registry = linkDescriptorSet(readDescriptorSet(readFileSync(new URL("../../gen/herald.binpb", import.meta.url))));
const methods = readMethods(registry);
const byPath = new Map(methods.map((method) => [method.name, method]));
const permissions = [...new Set(methods.map((method) => method.requires ?? "public"))];

const JWKS = "/herald.identity.v1.TokenService/GetJwks";
/** As many as the largest oneof of a request has cases. */
const ROUNDS = 3;
const DEADLINE_MS = 10_000;

test("what REST says is what the service hears, and what it answers is what REST tells", async (t) => {
  const keys = HttpBody.encode({
    contentType: "application/json",
    data: Buffer.from(await publicKeySet()),
    extensions: [],
  });
  const jwks = keys.finish();
  let round = 0;
  const recorder = await startRecorder(t, (path) =>
    path === JWKS ? jwks : toBinary(byPath.get(path)!.desc.output, answerOf(byPath.get(path)!, round)),
  );
  const edge = await bootEdge(t, recorder.address);
  const direct = new Client(recorder.address, credentials.createInsecure());
  t.after(() => direct.close());
  const authorization = `Bearer ${await tokenFor({ permissions })}`;
  for (const method of methods) {
    if (!method.http || method.name === JWKS) continue;
    for (const rule of [method.http, ...method.http.additional]) {
      await t.test(`${rule.verb} ${rule.path}`, async () => {
        for (round = 0; round < ROUNDS; round++) {
          const message = requestOf(method, rule, round);
          const expected = await sendDirectly(direct, recorder, method, message);
          for (const notation of ["camelCase", "snake_case"] as const) {
            const answer = await sendByRest(edge, authorization, method, rule, message, notation);
            assert.deepEqual(oneMessage(heard(recorder, method)), expected, `round ${round}, ${notation}`);
            checkAnswer(method, answer, round);
          }
        }
      });
    }
  }
});

const texts = (rule: HttpRule) =>
  new Map([
    ...inPath(rule).map((name) => [name, PATH_TEXT] as const),
    [`${rule.body}.content_type`, "text/csv"],
    // An upload that is previewed is one field among others.
    ["file.content_type", "text/csv"],
  ]);

const requestOf = (method: Method, rule: HttpRule, round: number): Message =>
  filledMessage(method.desc.input, {
    round,
    texts: texts(rule),
    leaveOut: (path, field) => isUnspeakable(rule, path, field),
  });

const answerOf = (method: Method, round: number): Message =>
  filledMessage(method.desc.output, {
    round,
    texts: new Map(),
    leaveOut: (_path, field) => field.name === "extensions",
  });

/** What the service hears of a message that is sent to it by gRPC. */
async function sendDirectly(
  client: Client,
  recorder: Recorder,
  method: Method,
  message: Message,
): Promise<RecordedMessage> {
  const bytes = Buffer.from(toBinary(method.desc.input, message));
  const same = (data: Buffer) => data;
  const within = { deadline: Date.now() + DEADLINE_MS };
  const metadata = new Metadata();
  await new Promise<void>((resolve, reject) => {
    const done = (error: Error | null) => (error ? reject(error) : resolve());
    if (method.responseStream) {
      const stream = client.makeServerStreamRequest(method.name, same, same, bytes, metadata, within);
      stream
        .on("error", reject)
        .on("end", () => resolve())
        .resume();
    } else if (method.requestStream) {
      const call = client.makeClientStreamRequest(method.name, same, same, metadata, within, done);
      call.end(bytes);
    } else client.makeUnaryRequest(method.name, same, same, bytes, metadata, within, done);
  });
  return oneMessage(heard(recorder, method));
}

async function sendByRest(
  edge: string,
  authorization: string,
  method: Method,
  rule: HttpRule,
  message: Message,
  notation: Notation,
): Promise<string> {
  const { verb, path, headers, body } = restRequest(method, rule, message, notation, registry);
  const response = await fetch(`${edge}${path}`, {
    method: verb,
    signal: AbortSignal.timeout(DEADLINE_MS),
    headers: { ...headers, authorization },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  assert.equal(response.status, 200, `${verb} ${path}\n${String(body)}\n${text}`);
  return text;
}

/** The messages of the one call that was made. */
function heard(recorder: Recorder, method: Method): RecordedMessage[] {
  const calls = recorder.take().filter(({ path }) => path !== JWKS);
  assert.deepEqual(
    calls.map(({ path }) => path),
    [method.name],
  );
  return calls[0]?.messages ?? [];
}

/** An upload arrives in pieces: the first message says everything, those after it bring more of the file. */
function oneMessage([first, ...more]: RecordedMessage[]): RecordedMessage {
  assert.ok(first, "a message was received");
  if (!("file" in first)) return first;
  const file = (message: RecordedMessage) => message["file"] as HttpBody;
  const data = [first, ...more].map((message) => file(message).data);
  return { ...first, file: { ...file(first), data: Buffer.concat(data) } };
}

function checkAnswer(method: Method, text: string, round: number): void {
  const { output } = method.desc;
  if (output.typeName === "google.api.HttpBody") return;
  const told = fromJsonString(output, text, { registry });
  assert.deepEqual(toJson(output, told, { registry }), toJson(output, answerOf(method, round), { registry }));
}
