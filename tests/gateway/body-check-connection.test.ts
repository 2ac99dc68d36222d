/** The body check's connections: requests however they are cut, one after the other, and nothing that is none. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { startBodyCheck } from "../../gateway/body-check/server.ts";
import { readCallRules } from "../../gateway/body-check/shapes.ts";
import { LARGEST_JSON } from "../../gateway/body-limits.ts";
import { cleanup, type Owner } from "../lib/cleanup.ts";

const rules = readCallRules(readFileSync(new URL("../../gen/herald.binpb", import.meta.url)));

async function bootConnection(t: Owner): Promise<Socket> {
  const check = await startBodyCheck("127.0.0.1", 0, rules);
  cleanup(t, () => check.stop());
  const socket = connect(check.port, "127.0.0.1").setNoDelay(true);
  cleanup(t, () => socket.destroy());
  await once(socket, "connect");
  return socket;
}

/** Reads until an answer is whole; gives its status, and "closed" where the connection ended without one. */
async function answer(socket: Socket): Promise<string> {
  let heard = "";
  for await (const bytes of socket.iterator({ destroyOnReturn: false })) {
    heard += String(bytes);
    const [, status, length, body = ""] =
      /^HTTP\/1\.1 (\d+) .*?content-length: (\d+).*?\r\n\r\n(.*)$/s.exec(heard) ?? [];
    if (status !== undefined && Buffer.byteLength(body) === Number(length)) return status;
  }
  return "closed";
}

const asked = (body: string) =>
  Buffer.from(
    `POST /v1/suppression-lists?x=1 HTTP/1.1\r\nHost: check\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
const good = asked('{"suppressionList":{"name":"Ämter"}}');
const bad = asked('{"supressionList":{"name":"Ämter"}}');

test("requests of one connection are answered one after the other", async (t) => {
  const socket = await bootConnection(t);
  for (const [request, status] of [
    [good, "200"],
    [bad, "400"],
    [good, "200"],
    [Buffer.from("GET /healthz HTTP/1.1\r\nHost: check\r\n\r\n"), "200"],
  ] as const) {
    socket.write(request);
    assert.equal(await answer(socket), status);
  }
});

test("a request is read however it is cut", async (t) => {
  const socket = await bootConnection(t);
  for (const [request, status] of [
    [good, "200"],
    [bad, "400"],
  ] as const) {
    for (const byte of request) {
      socket.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    assert.equal(await answer(socket), status);
  }
});

const faults: Record<string, Buffer> = {
  "what is no HTTP": Buffer.from("\x16\x03\x01\x02\x00\x01\x00\r\n\r\n"),
  "a method that HTTP has not": Buffer.from("PAST /v1/suppression-lists HTTP/1.1\r\n\r\n"),
  "headers without end": Buffer.from(`POST / HTTP/1.1\r\n${"x: y\r\n".repeat(20_000)}`),
  "two lengths": Buffer.from("POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}"),
};

for (const [what, bytes] of Object.entries(faults)) {
  test(`${what} closes the connection`, async (t) => {
    const socket = await bootConnection(t);
    socket.write(bytes);
    assert.equal(await answer(socket), "closed");
  });
}

test("a body that is larger than any call takes is refused before it is whole", async (t) => {
  const socket = await bootConnection(t);
  socket.write(asked("x".repeat(LARGEST_JSON + 1)));
  assert.equal(await answer(socket), "413");
});
