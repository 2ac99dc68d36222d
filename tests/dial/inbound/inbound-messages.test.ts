/** What people write reaches whoever handles it, in order and without a gap, also from people whom nobody has written to. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { InboundMessage } from "../../../gen/herald/dial/v1/inbound_message.ts";
import { InboundMessageServiceDefinition } from "../../../gen/herald/dial/v1/inbound_message_service.ts";
import { KeywordKind } from "../../../gen/herald/dial/v1/keyword.ts";
import { SenderServiceDefinition } from "../../../gen/herald/dial/v1/sender_service.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { rejectsWith, until, userClient } from "../../lib/harness.ts";
import { boot, office } from "../boot.ts";

test("messages of strangers become interactions, and are told in order to whoever watches", async (t) => {
  const at = await boot(t);
  const [tenant, other] = [await office(t, at), await office(t, at)];
  const permissions = ["inbound.read", "campaigns.write", "sessions.read"];
  const [inbound, ofOther, senders] = await Promise.all([
    userClient(t, at.addresses.dial, InboundMessageServiceDefinition, { tenantId: tenant.tenantId, permissions }),
    userClient(t, at.addresses.dial, InboundMessageServiceDefinition, { tenantId: other.tenantId, permissions }),
    userClient(t, at.addresses.dial, SenderServiceDefinition, { tenantId: tenant.tenantId, permissions }),
  ]);
  await senders.claimSender({ sender: "+12125550371" });
  const write = (from: string, text: string) => at.simulators.smsc.inbound({ from, to: "12125550371", text });
  await write("12125557101", "Do you open on Sunday?");

  const heard: InboundMessage[] = [];
  const ending = new AbortController();
  const watching = (async () => {
    for await (const { inboundMessages } of inbound.watchInboundMessages(
      { afterSequence: 0 },
      { signal: ending.signal },
    ))
      heard.push(...inboundMessages);
  })().catch(() => {});
  await until(() => heard.length === 1);
  await write("12125557102", "HELP");
  await write("12125557101", "wrong number");
  await until(() => heard.length === 3);
  ending.abort();
  await watching;
  assert.deepEqual(
    heard.map(({ sequence, contactInfo, ownAddress, text, kind, uncertain }) => [
      sequence,
      contactInfo,
      ownAddress,
      text,
      kind,
      uncertain,
    ]),
    [
      [1, "+12125557101", "+12125550371", "Do you open on Sunday?", 0, false],
      [2, "+12125557102", "+12125550371", "HELP", KeywordKind.KEYWORD_KIND_HELP, false],
      [3, "+12125557101", "+12125550371", "wrong number", 0, true],
    ],
  );
  await until(async () => {
    const { interactions } = await tenant.interactions.searchInteractions({
      contactInfo: "+12125557101",
      direction: 2,
    });
    return interactions.some(({ id }) => id === heard[0]?.id);
  });
  const page = await inbound.listInboundMessages({ pageSize: 2 });
  const next = await inbound.listInboundMessages({ pageSize: 2, pageToken: page.nextPageToken });
  assert.deepEqual(
    [...page.inboundMessages, ...next.inboundMessages].map(({ sequence }) => sequence),
    [3, 2, 1],
  );
  assert.equal((await inbound.listInboundMessages({ contactInfo: "(212) 555-7102" })).inboundMessages.length, 1);
  assert.deepEqual((await ofOther.listInboundMessages({})).inboundMessages, []);
  await rejectsWith(
    inbound.listInboundMessages({ pageSize: -1 }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
});
