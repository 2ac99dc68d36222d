/** Receipts over real SMPP while dial ends: those that it acknowledged are stored, and the message centre delivers the rest to the next process. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { RECEIPTS, receiptText } from "../../../deploy/simulators/sms-outcomes.ts";
import type { ArrivedSms } from "../../../deploy/simulators/smsc-message.ts";
import { AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import { messageName } from "../../../svc/dial/sms/sms-receipt.ts";
import type { Owner } from "../../lib/cleanup.ts";
import { until } from "../../lib/harness.ts";
import { attemptsOf, makeList, phones, smsGroup, startGroup, type DialWorld, world } from "../boot.ts";
import { dialProcess, ended, meshOffice } from "../dial-process.ts";

const PEOPLE = 300;
const DELIVERED = RECEIPTS.delivered ?? assert.fail();

/** Brings dial to the point where it has sent a text to everybody and no receipt has come. */
async function allSent(t: Owner) {
  const at = await world(t);
  const { smsc } = at.simulators;
  smsc.settings.endings = Object.fromEntries(Array.from({ length: 10 }, (_, digit) => [String(digit), "no_receipt"]));
  const tenant = await meshOffice(t, at);
  const child = dialProcess(t, at);
  const groupId = await startGroup(tenant, smsGroup([await makeList(at.database("lists"), tenant, phones(PEOPLE))]));
  const written = async (state: AttemptState) => {
    const { rows } = await at
      .database("dial")
      .tenant(tenant.tenantId)
      .query<{ name: string }>(
        "select provider_message_id as name from dial.attempts where campaign_group_id = $1 and state = $2",
        [groupId, state],
      );
    return new Set(rows.map(({ name }) => name));
  };
  const sent = async () => [...(await written(AttemptState.ATTEMPT_STATE_IN_FLIGHT))].filter((name) => name !== "");
  await until(async () => (await sent()).length === PEOPLE, { timeoutMs: 60_000 });
  return { at, tenant, child, groupId, written };
}

/** Sends the receipt of every message, one after the other; gives those that were acknowledged so far. */
function sendReceipts({ simulators: { smsc } }: DialWorld): { acknowledged: Set<string>; sent: () => number } {
  const acknowledged = new Set<string>();
  let sent = 0;
  const send = async ({ messageId, to, from }: ArrivedSms) => {
    const text = receiptText(messageId, DELIVERED, new Date(), new Date());
    const addresses = { source_addr: to.slice(1), destination_addr: from };
    sent += 1;
    await smsc.deliver({ esm_class: 0x04, ...addresses, short_message: Buffer.from(text) });
    acknowledged.add(messageName(messageId));
  };
  smsc.arrivals.list({ limit: PEOPLE }).forEach((message, i) => setTimeout(() => void send(message), i * 5));
  return { acknowledged, sent: () => sent };
}

test("SIGTERM during a stream of receipts: every one that was acknowledged is written, and the others are after the next start", async (t) => {
  const { at, tenant, child, groupId, written } = await allSent(t);
  const { acknowledged } = sendReceipts(at);
  await until(() => acknowledged.size >= PEOPLE / 4, { everyMs: 1 });
  child.kill("SIGTERM");
  await ended(child);
  await until(() => at.simulators.smsc.bound() === 0);
  const [before, done] = [new Set(acknowledged), await written(AttemptState.ATTEMPT_STATE_ENDED)];
  assert.equal(child.exitCode, 0);
  assert.ok(before.size < PEOPLE, `${before.size}: it ended in the middle`);
  assert.deepEqual(
    [...before].filter((name) => !done.has(name)),
    [],
    "acknowledged and lost",
  );
  dialProcess(t, at);
  await until(() => acknowledged.size === PEOPLE, { timeoutMs: 60_000 });
  assert.equal((await written(AttemptState.ATTEMPT_STATE_ENDED)).size, PEOPLE);
  assert.equal((await attemptsOf(tenant, groupId)).length, PEOPLE);
});

test("SIGTERM while nothing can be written: no receipt is acknowledged, and all are written after the next start", async (t) => {
  const { at, child, written } = await allSent(t);
  const { smsc } = at.simulators;
  const rename = (from: string, to: string) =>
    at
      .database("dial")
      .everyTenant()
      .transaction(async (tx) => {
        await tx.asOwner();
        await tx.query(`alter table dial.${from} rename to ${to}`);
      });
  await rename("attempts", "attempts_away");
  const { acknowledged, sent } = sendReceipts(at);
  await until(() => sent() === PEOPLE);
  child.kill("SIGTERM");
  await ended(child);
  // By now everything that dial sent before its end has been read.
  await until(() => smsc.bound() === 0);
  assert.deepEqual([...acknowledged], []);
  await rename("attempts_away", "attempts");
  assert.equal((await written(AttemptState.ATTEMPT_STATE_ENDED)).size, 0);
  dialProcess(t, at);
  await until(() => acknowledged.size === PEOPLE, { timeoutMs: 60_000 });
  assert.equal((await written(AttemptState.ATTEMPT_STATE_ENDED)).size, PEOPLE);
});
