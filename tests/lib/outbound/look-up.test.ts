/** Look-ups of hosts that somebody else names. */
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { test, type TestContext } from "node:test";
import { lookUp } from "../../../svc/lib/outbound/look-up.ts";

const NO_SUCH_NAME = 0x83;

/** A name server that says this, or nothing. */
async function nameServer(t: TestContext, code?: number): Promise<string[]> {
  const server = createSocket("udp4").on("message", (query, { port, address }) => {
    if (code === undefined) return;
    const answer = Buffer.from(query);
    answer[2] = 0x81;
    answer[3] = code;
    server.send(answer, port, address);
  });
  t.after(() => server.close());
  await once(server.bind(0, "127.0.0.1"), "listening");
  return [`127.0.0.1:${server.address().port}`];
}

test("a host that the DNS does not know has no address", async (t) => {
  assert.deepEqual(await lookUp("nobody.example.com", { servers: await nameServer(t, NO_SUCH_NAME) }), []);
});

test("a name server that never answers ends the look-up, and says nothing about the host", async (t) => {
  const servers = await nameServer(t);
  await assert.rejects(lookUp("slow.example.com", { servers, mostMs: 100 }), { code: "EAI_AGAIN" });
});

test("the DNS is not asked for names that are in none", async () => {
  assert.deepEqual(await lookUp("mail.invalid", { mostMs: 1 }), []);
});

test("localhost is this machine, whatever the DNS says", async () => {
  for (const host of ["localhost", "LOCALHOST.", "mail.localhost"])
    assert.deepEqual(
      (await lookUp(host, { mostMs: 1 })).map(({ address }) => address),
      ["127.0.0.1", "::1"],
    );
});
