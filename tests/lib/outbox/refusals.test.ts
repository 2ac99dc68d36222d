/** What becomes of messages that their receiver refuses or never answers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { status } from "@grpc/grpc-js";
import { RecordOptOutsRequest } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import { messagesOf } from "../../../svc/lib/outbox/message-kind.ts";
import { until } from "../harness.ts";
import { empty, hurry, NEWS, numbers, openDb, openOutbox, ours, query, refusal, waiting } from "./open-outbox.ts";

test("one item that the receiver refuses does not hold up the others, keeps their order, and is kept", async (t) => {
  const db = await openDb(t);
  const got: string[] = [];
  const outbox = await openOutbox(t, db, (items) => {
    if (items.includes("13")) throw refusal();
    got.push(...items);
  });
  await db.transaction(ours, async (tx) => {
    await outbox.put(tx, messagesOf(NEWS, numbers(1, 25)));
    await outbox.put(tx, messagesOf(NEWS, numbers(26, 40)));
  });
  await until(async () => (await waiting(db)) === 1);
  assert.deepEqual(
    got,
    numbers(1, 40).filter((n) => n !== "13"),
  );
  const [row] = await query<{ body: Buffer; items: number; attempts: number }>(
    db,
    "select * from lists.outbox_messages",
  );
  assert.deepEqual([RecordOptOutsRequest.decode(row?.body ?? Buffer.of()).contactInfos, row?.items, row?.attempts], [["13"], 1, 1]); // prettier-ignore
});

test("an item that is refused again and again is set aside after eight tries with its reason, and tells of its attempt; the rest flows", async (t) => {
  const db = await openDb(t);
  const [got, tries]: [string[], string[][]] = [[], []];
  const outbox = await openOutbox(t, db, (items) => {
    tries.push(items);
    // Only 500 characters of the reason are stored; the value is at their end.
    if (items.includes("2")) throw refusal(`${"It is wrong. ".repeat(38)} “Ann Smith” is no client`);
    if (items.includes("3")) throw refusal();
    got.push(...items);
  });
  await outbox.say(ours, numbers(1, 4));
  const rows = await until(
    async () => {
      await hurry(db);
      const text = "select reason, attempts, items, attempt_ids from lists.outbox_messages where due_at = 'infinity'";
      return (await query<object>(db, text))[0];
    },
    { timeoutMs: 60_000 },
  );
  const reason = "refused";
  assert.deepEqual(rows, { reason, attempts: 8, items: 2, attempt_ids: ["attempt 2", "attempt 3"] });
  await outbox.say(ours, ["5"]);
  await until(async () => (await waiting(db)) === 1);
  assert.deepEqual(got, ["1", "4", "5"]);
  const before = tries.length;
  await outbox.say(ours, ["6"]);
  await until(async () => (await waiting(db)) === 1);
  assert.deepEqual(tries.slice(before), [["6"]], "what is set aside is not tried any more");
});

test("a message that alone gets no answer in time steps aside once the one after it gets one; while none does, all wait in their order", async (t) => {
  const db = await openDb(t);
  const [got, tries]: [string[], string[][]] = [[], []];
  let hangs = (items: string[]) => items.length > 0;
  const outbox = await openOutbox(t, db, (items) => {
    tries.push(items);
    if (hangs(items)) throw Object.assign(new Error("slow"), { code: status.DEADLINE_EXCEEDED, details: "slow" });
    got.push(...items);
  });
  await db.transaction(ours, async (tx) => {
    for (const item of numbers(1, 4)) await outbox.put(tx, messagesOf(NEWS, [item]));
  });
  const tried = (items: string[]) => tries.some((one) => one.join() === items.join());
  await until(async () => (await hurry(db), tried(["2"])), { timeoutMs: 20_000 });
  assert.deepEqual([tries[0], got], [numbers(1, 4), []]);
  const [{ attempts } = { attempts: -1 }] = await query<{ attempts: number }>(
    db,
    "select max(attempts) as attempts from lists.outbox_messages",
  );
  assert.equal(attempts, 0, "the receiver may be away: nobody stepped aside");
  hangs = (items) => items.includes("1");
  await until(async () => (await hurry(db), got.length === 3), { timeoutMs: 20_000 });
  assert.deepEqual(got, ["2", "3", "4"]);
  hangs = () => false;
  await until(async () => (await hurry(db), empty(db)), { timeoutMs: 20_000 });
  assert.deepEqual(got, ["2", "3", "4", "1"]);
});
