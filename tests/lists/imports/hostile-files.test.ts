/** Small files that take long to read, from many callers of one tenant: the calls of others go on beside them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { rejectsWith, status } from "../../lib/harness.ts";
import { longestTurnMs } from "../../lib/loop-turns.ts";
import { bootLists, importEntries, type Office } from "../lists.ts";

const SMALL = 65_000;
const LONG = 1_000_000;
const MOST_TURN_MS = 60;
const CALLERS = [0, 1, 2, 3, 4, 5, 6, 7];

const repeated = (header: string, row: string, bytes: number) =>
  (header + row.repeat(Math.ceil(bytes / row.length))).slice(0, bytes);

const quotes = (bytes: number) => repeated("phone,email\n", 'a,"\n', bytes);
const swallowing = (bytes: number) => repeated("phone\n", '"\n2125550123\n', bytes);
const wrongNumbers = (bytes: number) => repeated("phone,mobile\n", "2125550,12\n", bytes);

const file = (text: string) => ({ contentType: "text/csv", data: Buffer.from(text) });
const preview = (office: Office, text: string) =>
  office.records.previewImport({ file: file(text) }, { timeoutMs: 60_000 });

/** All callers at once, while another tenant asks one question after the other; gives the longest that the loop was kept. */
function fromAll(other: Office, work: (caller: number) => Promise<unknown>): Promise<number> {
  return longestTurnMs(async () => {
    const over = new AbortController();
    const ask = async () => {
      while (!over.signal.aborted) await other.lists.listContactLists({});
    };
    await Promise.all([
      ask(),
      Promise.all(CALLERS.map((caller) => work(caller).catch(unlessUnreadable))).finally(() => over.abort()),
    ]);
  });
}

/** That nothing of them can be taken is a fair answer. */
function unlessUnreadable(error: unknown): void {
  if ((error as { code?: number }).code !== status.INVALID_ARGUMENT) throw error;
}

test("previews from many callers of one tenant keep no other tenant waiting, whatever is in them", async (t) => {
  const lists = await bootLists(t);
  const [hostile, other] = [await lists.openOffice(), await lists.openOffice()];
  const suppressionListId = await hostile.newSuppressionList();
  const entries = (text: string) =>
    hostile.suppression.previewEntries({ suppressionListId, file: file(text) }, { timeoutMs: 60_000 });
  const turns: Record<string, number> = {};
  for (const [what, text] of Object.entries({
    quotes: quotes(SMALL),
    "many quotes": quotes(LONG),
    "swallowing quotes": swallowing(LONG),
    "wrong numbers": wrongNumbers(SMALL),
  })) {
    turns[what] = await fromAll(other, () => preview(hostile, text));
    turns[`${what} as entries`] = await fromAll(other, () => entries(text));
  }
  assert.ok(Math.max(...Object.values(turns)) < MOST_TURN_MS, JSON.stringify(turns));
});

test("small imports from many callers of one tenant keep no other tenant waiting", async (t) => {
  const lists = await bootLists(t);
  const [hostile, other] = [await lists.openOffice(), await lists.openOffice()];
  const suppressionListId = await hostile.newSuppressionList();
  const contactListIds = await Promise.all(CALLERS.map(() => hostile.newList()));
  const records = await fromAll(other, (caller) => hostile.importFile(contactListIds[caller] ?? "", quotes(SMALL)));
  const entries = await fromAll(other, () => importEntries(hostile, suppressionListId, quotes(SMALL)));
  assert.ok(Math.max(records, entries) < MOST_TURN_MS, JSON.stringify({ records, entries }));
});

test("of more previews than may wait the last are refused with words, and another tenant's is shown all the same", async (t) => {
  const lists = await bootLists(t, { more: { LISTS_IMPORTS_WAITING: "2" } });
  const [hostile, other] = [await lists.openOffice(), await lists.openOffice()];
  // The first waits for its thread to start: all others have come before it ends.
  const calls = Promise.allSettled(Array.from({ length: 10 }, () => preview(hostile, quotes(SMALL))));
  assert.equal((await preview(other, "phone\n2125550123\n".repeat(500))).rowsRead, 999);
  const refused = (await calls).filter((end) => end.status === "rejected");
  assert.ok(refused.length > 0 && refused.length <= 7, `${refused.length} were refused`);
  for (const { reason } of refused) {
    const told = await rejectsWith(
      Promise.reject(reason as Error),
      status.RESOURCE_EXHAUSTED,
      "ERROR_REASON_TOO_MANY_IMPORTS",
    );
    assert.match(told.message, /wait to be read already/);
  }
});

test("a preview tells how many rows it read, and reads no more than the first thousand", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const late = `phone\n${"+12125550123\n".repeat(1_000)}wrong\n`;
  const { rowsRead, records, rejectedRows } = await preview(office, late);
  assert.deepEqual([rowsRead, records.length, rejectedRows.length], [1_000, 10, 0]);
  const early = await preview(office, `phone\n${"+12125550123\n".repeat(998)}wrong\n`);
  assert.deepEqual([early.rowsRead, early.rejectedRows[0]?.line], [999, 1_000]);
  const suppressionListId = await office.newSuppressionList();
  assert.equal((await office.suppression.previewEntries({ suppressionListId, file: file(late) })).rowsRead, 1_000);
});
