import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConfigError } from "../../../svc/lib/service/config.ts";
import { newId } from "../../../svc/lib/request/ids.ts";
import { changesAfter, insertParts, logEnds } from "../../../svc/lists/change-log/change-store.ts";
import { encodePart } from "../../../svc/lists/reader/suppression/change-part.ts";
import { listsConfig } from "../../../svc/lists/config.ts";
import { forgetOldChanges } from "../../../svc/lists/removals/upkeep.ts";
import { fakeClock, until } from "../../lib/harness.ts";
import { databaseOf } from "../../lib/servers.ts";
import { bootLists, suppressionStream } from "../lists.ts";

test("changes older than they are kept are forgotten, and who needs them gets a snapshot", async (t) => {
  const clock = fakeClock("2026-03-02T15:00:00Z");
  const lists = await bootLists(t, { now: clock.now });
  const office = await lists.openOffice();
  const suppressionListId = await office.newSuppressionList();
  const add = (value: string) => office.suppression.addEntries({ suppressionListId, entries: [{ value }] });
  await add("+12125550113");
  clock.advance(3_600_000);
  await add("+12125550114");
  const db = databaseOf(t, "lists", lists.env["DATABASE_URL"]);
  const every = db.everyTenant();
  const { last } = await logEnds(every);
  assert.equal(await forgetOldChanges(db, new Date(clock.now().getTime() - 60_000)), false);
  assert.deepEqual(await logEnds(every), { last, forgotten: last - 1 });
  assert.deepEqual(
    (await changesAfter(every, 0, 10)).map(({ sequence }) => sequence),
    [last],
  );
  const first = async (afterSequence: number) => {
    for await (const message of suppressionStream(t, lists.address).streamEntries({ afterSequence })) return message;
    return undefined;
  };
  await until(async () => (await first(last - 2))?.snapshotStart);
  const kept = await first(last - 1);
  assert.deepEqual([kept?.snapshotStart, kept?.sequence, kept?.added[0]?.value], [false, last, "+12125550114"]);
});

test("parts of a change that never came to be are removed, and those of one that did are not", async (t) => {
  const lists = await bootLists(t);
  const office = await lists.openOffice();
  await office.newSuppressionList();
  const db = databaseOf(t, "lists", lists.env["DATABASE_URL"]);
  const part = encodePart(office.tenantId, { added: [] });
  const orphan = newId();
  await insertParts(db.tenant(office.tenantId), orphan, 0, [part, part]);
  const parts = async () => (await db.everyTenant().query("select from lists.suppression_change_parts")).rowCount;
  assert.equal(await parts(), 3);
  await forgetOldChanges(db, new Date(Date.now() - 60_000));
  assert.equal(await parts(), 3);
  // The list's own change goes too, since by then it is old.
  await forgetOldChanges(db, new Date(Date.now() + 1_000));
  assert.equal(await parts(), 0);
});

test("a writer that fails leaves no gap in the sequence", async (t) => {
  const lists = await bootLists(t);
  const office = await lists.openOffice();
  const db = databaseOf(t, "lists", lists.env["DATABASE_URL"]);
  const before = (await logEnds(db.everyTenant())).last;
  await office.suppression.createSuppressionList({ suppressionList: { name: "One" } });
  await assert.rejects(office.suppression.createSuppressionList({ suppressionList: { name: "One" } }));
  await office.suppression.createSuppressionList({ suppressionList: { name: "Two" } });
  assert.equal((await logEnds(db.everyTenant())).last, before + 2);
});

test("settings that cannot work are refused together", () => {
  const source = {
    DATABASE_URL: "postgres://x",
    HERALD_MESH_KEY: "k".repeat(32),
    DATABASE_CONNECTIONS: "4",
    LISTS_IMPORTS_AT_ONCE: "3",
    LISTS_IMPORT_MOST_ROWS: "0",
  };
  assert.throws(
    () => listsConfig(source),
    (error: ConfigError) => error.problems.length === 2 && /LISTS_IMPORTS_AT_ONCE/.test(error.message),
  );
});
