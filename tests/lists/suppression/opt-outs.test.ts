/** The lists in which Herald keeps opt-outs: found by their mark, read and corrected, never weakened. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { SuppressionKind } from "../../../gen/herald/lists/v1/suppression_list.ts";
import { SuppressionListServiceDefinition } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import { meshClient, newId, rejectsWith, status } from "../../lib/harness.ts";
import { databaseOf } from "../../lib/servers.ts";
import { bootLists, importEntries } from "../lists.ts";

const REASON = "Opted out by SMS";
const SMS = Channel.CHANNEL_SMS;

test("opt-outs go into a list that nobody can set, replace, weaken, delete or empty", async (t) => {
  const at = await bootLists(t);
  const office = await at.openOffice();
  const { suppression, tenantId } = office;
  const mesh = meshClient(t, at.address, SuppressionListServiceDefinition, tenantId);
  // A list of the same name, of the wrong kind and not required, which also claims the mark.
  const own = await office.newSuppressionList({
    name: "Opt-outs (SMS)",
    kind: SuppressionKind.SUPPRESSION_KIND_CLIENT_ID,
    optOutChannel: SMS,
  });
  const record = (contactInfos: string[], channel: Channel = SMS) =>
    mesh.recordOptOuts({ channel, contactInfos, reason: REASON });
  const first = await record(["+12125550101", "+12125550102", "+12125550101", "+99912345"]);
  const list = first.suppressionList;
  const id = list?.id ?? "";
  assert.deepEqual(
    [list?.kind, list?.channels, list?.required, list?.optOutChannel, list?.entryCount, first.addedCount],
    [SuppressionKind.SUPPRESSION_KIND_DEVICE, [SMS], true, SMS, 3, 3],
  );
  assert.notEqual(id, own);
  assert.equal((await suppression.getSuppressionList({ suppressionListId: own })).suppressionList?.optOutChannel, 0);
  const again = await record(["+12125550103", "+12125550101"]);
  assert.deepEqual([again.suppressionList?.id, again.addedCount], [id, 1], "the same list, whatever it is named");
  const email = await record(["jo@bücher.example"], Channel.CHANNEL_EMAIL);
  assert.notEqual(email.suppressionList?.id, id, "each channel has one");

  const refused = (call: Promise<unknown>) =>
    rejectsWith(call, status.FAILED_PRECONDITION, "ERROR_REASON_OPT_OUT_LIST");
  for (const change of [
    { required: false },
    { channels: [Channel.CHANNEL_VOICE] },
    { name: "Mine" },
    { description: "x" },
  ])
    await refused(
      suppression.updateSuppressionList({ suppressionList: { id, ...change }, updateMask: Object.keys(change) }),
    );
  await refused(suppression.deleteSuppressionList({ suppressionListId: id }));
  await refused(suppression.removeEntries({ suppressionListId: id, values: ["+12125550101"] }));
  await refused(
    suppression.removeEntries({ suppressionListId: id, values: ["+12125550101", "+12125550102"], reason: "all wrong" }),
  );
  await refused(
    suppression.addEntries({ suppressionListId: id, entries: [{ value: "+12125550101", untilTime: new Date(1) }] }),
  );
  await refused(importEntries(office, id, "value,until\n+12125550101,2020-01-01\n"));
  assert.equal((await suppression.listEntries({ suppressionListId: id })).entries.length, 4);

  const { removedCount } = await suppression.removeEntries({
    suppressionListId: id,
    values: ["(212) 555-0101"],
    reason: "She consented again on 2 March",
  });
  assert.equal(removedCount, 1, "a single wrong entry is corrected");
  await suppression.addEntries({
    suppressionListId: id,
    entries: [{ value: "+12125550101", reason: "Told us by phone" }],
  });
  await suppression.removeEntries({ suppressionListId: id, values: ["+12125550102"], reason: "A typing error" });
  const newest = await suppression.listOptOutCorrections({ suppressionListId: id, pageSize: 1 });
  const before = await suppression.listOptOutCorrections({
    suppressionListId: id,
    pageSize: 1,
    pageToken: newest.nextPageToken,
  });
  const shown = [...newest.corrections, ...before.corrections];
  assert.deepEqual(
    shown.map(({ value, reason }) => [value, reason]),
    [
      ["+12125550102", "A typing error"],
      ["+12125550101", "She consented again on 2 March"],
    ],
  );
  assert.ok(shown.every(({ correctedBy, correctTime }) => /^user [0-9a-f-]{36}$/.test(correctedBy) && correctTime));
  assert.equal(before.nextPageToken, "");
  assert.deepEqual((await suppression.listOptOutCorrections({ suppressionListId: own })).corrections, []);

  const stranger = await at.openOffice();
  await rejectsWith(stranger.suppression.getSuppressionList({ suppressionListId: id }), status.NOT_FOUND);
  await rejectsWith(
    stranger.suppression.listOptOutCorrections({ suppressionListId: id }),
    status.NOT_FOUND,
    "ERROR_REASON_SUPPRESSION_LIST_NOT_FOUND",
  );
  await rejectsWith(
    suppression.recordOptOuts({ channel: SMS, contactInfos: ["+12125550101"], reason: REASON }),
    status.PERMISSION_DENIED,
  );
  await rejectsWith(
    mesh.recordOptOuts({ channel: 0, contactInfos: [], reason: "" }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
});

test("what no record can have is left out of an opt-out, and the rest of it holds", async (t) => {
  const at = await bootLists(t);
  const { suppression, tenantId } = await at.openOffice();
  const mesh = meshClient(t, at.address, SuppressionListServiceDefinition, tenantId);
  const contactInfos = ["+12125550101", `${"a".repeat(250)}@example.com`, "", "line\nbreak", "ann@example.com"];
  const clientIds = ["C".repeat(129), "C".repeat(128), "C-\u0000", "C-1"];
  await mesh.recordOptOuts({
    changes: [{ optOutId: newId(), contactInfos, clientIds, reason: REASON }],
  });
  const isHeld = async (value: string) => (await suppression.lookUpEntries({ value })).hits.length > 0;
  for (const held of ["+12125550101", "ann@example.com", "C".repeat(128), "C-1"])
    assert.equal(await isHeld(held), true, held);
});

test("lists that were made for opt-outs before there was a mark are taken over, with what was put into others", async (t) => {
  const at = await bootLists(t);
  const [as, weakened, foreign] = [await at.openOffice(), await at.openOffice(), await at.openOffice()];
  const entries = [{ value: "+12125550101", reason: REASON }];
  const named = { name: "Opt-outs (SMS)", channels: [SMS], required: true };
  const kept = await as.newSuppressionList(named);
  await as.suppression.addEntries({ suppressionListId: kept, entries });
  const weak = await weakened.newSuppressionList({ ...named, required: false });
  await weakened.suppression.addEntries({ suppressionListId: weak, entries: [...entries, { value: "+12125550109" }] });
  const clients = await foreign.newSuppressionList({ ...named, kind: SuppressionKind.SUPPRESSION_KIND_CLIENT_ID });
  await foreign.suppression.addEntries({ suppressionListId: clients, entries });

  const migration = readFileSync(new URL("../../../svc/lists/sql/0006_opt_out_lists.sql", import.meta.url), "utf8");
  const db = databaseOf(t, "lists", at.env["DATABASE_URL"] ?? "");
  await db.everyTenant().transaction(async (tx) => {
    await tx.asOwner();
    for (const statement of migration.slice(migration.indexOf("-- What was made for opt-outs")).split(/;\n/))
      if (statement.trim() !== "") await tx.query(statement);
  });

  const marked = async ({ suppression }: typeof as) => {
    const { suppressionLists } = await suppression.listSuppressionLists({});
    const list = suppressionLists.find(({ optOutChannel }) => optOutChannel === SMS);
    const { entries: held } = await suppression.listEntries({ suppressionListId: list?.id ?? "" });
    return {
      id: list?.id,
      isWhole: list?.required && list.kind === 1 && list.entryCount === held.length,
      held: held.map(({ value }) => value),
    };
  };
  assert.deepEqual(await marked(as), { id: kept, isWhole: true, held: ["+12125550101"] });
  for (const office of [weakened, foreign]) {
    const { id, ...rest } = await marked(office);
    assert.ok(id !== weak && id !== clients);
    assert.deepEqual(rest, { isWhole: true, held: ["+12125550101"] });
  }
});
