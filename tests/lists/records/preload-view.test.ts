import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import pg from "pg";
import { ImportMode } from "../../../gen/herald/lists/v1/import.ts";
import { until } from "../../lib/harness.ts";
import { testDatabase } from "../../lib/servers.ts";
import { bootLists, people } from "../lists.ts";

const FILE = [
  "client_id,device1,device1_type,device2,device5",
  "C-1,+12125550113,mobile,,ada@example.com",
  "C-2,,,+442079460001,",
  "",
].join("\n");

test("campaigns reads through lists.preload_v1 which devices of which types its tenant's records have, and nothing else", async (t) => {
  const urls = await testDatabase(t, "lists", "campaigns");
  const service = await bootLists(t, { more: { DATABASE_URL: urls.lists } });
  const [ours, theirs] = [await service.openOffice(), await service.openOffice()];
  const contactListId = await ours.newList();
  await ours.importFile(contactListId, FILE);
  await theirs.importFile(await theirs.newList(), people(5));
  const campaigns = await connected(t, urls.campaigns);
  await campaigns.query("select set_config('herald.tenant_id', $1, false)", [ours.tenantId]);

  const { rows, fields } = await campaigns.query("select * from lists.preload_v1 order by contact_list_id, record_id");
  assert.deepEqual(
    fields.map(({ name }) => name),
    [
      "tenant_id",
      "contact_list_id",
      "record_id",
      "client_id",
      "device_indexes",
      "device_types",
      "device_infos",
      "device_zones",
      "zone",
      "state",
      "country",
    ],
  );
  const { records } = await ours.records.searchRecords({ contactListId });
  assert.deepEqual(rows, [
    {
      tenant_id: ours.tenantId,
      contact_list_id: contactListId,
      record_id: records[0]?.id,
      client_id: "C-1",
      device_indexes: [1, 5],
      device_types: [4, 10],
      device_infos: ["+12125550113", "ada@example.com"],
      device_zones: ["America/New_York", "America/New_York"],
      zone: "",
      state: "",
      country: "",
    },
    {
      tenant_id: ours.tenantId,
      contact_list_id: contactListId,
      record_id: records[1]?.id,
      client_id: "C-2",
      device_indexes: [2],
      device_types: [0],
      device_infos: ["+442079460001"],
      device_zones: ["Europe/London"],
      zone: "",
      state: "",
      country: "",
    },
  ]);

  for (const forbidden of [
    "select from lists.records",
    "select from lists.contact_lists",
    "delete from lists.preload_v1",
  ]) {
    await assert.rejects(campaigns.query(forbidden), /permission denied|cannot delete from view/);
  }
  await campaigns.query("select set_config('herald.tenant_id', '', false)");
  assert.equal((await campaigns.query("select from lists.preload_v1")).rowCount, 0);
});

test("what a REPLACE or a delete has put aside is not in the view, and is removed in the background", async (t) => {
  const urls = await testDatabase(t, "lists", "campaigns");
  const service = await bootLists(t, { more: { DATABASE_URL: urls.lists } });
  const office = await service.openOffice();
  const campaigns = await connected(t, urls.campaigns);
  await campaigns.query("select set_config('herald.tenant_id', $1, false)", [office.tenantId]);
  const lists = await connected(t, urls.lists);
  await lists.query("select set_config('herald.tenant_id', '*', false)");
  const stored = async (table: string) =>
    Number((await lists.query<{ n: string }>(`select count(*) as n from lists.${table}`)).rows[0]?.n);
  const inView = async () => (await campaigns.query("select from lists.preload_v1")).rowCount;

  const contactListId = await office.newList();
  await office.importFile(contactListId, people(300));
  await office.importFile(contactListId, `${people(20, { from: 1_000 })}C-9,,,,,,,\n`, {
    mode: ImportMode.IMPORT_MODE_REPLACE,
  });
  assert.equal(await inView(), 20);
  await until(async () => (await stored("records")) === 20);
  assert.equal(await stored("rejected_rows"), 1);
  await office.lists.deleteContactList({ contactListId });
  assert.equal(await inView(), 0);
  await until(
    async () =>
      (await stored("records")) === 0 && (await stored("rejected_rows")) === 0 && (await stored("removals")) === 0,
  );

  const suppressionListId = await office.newSuppressionList();
  await office.suppression.addEntries({ suppressionListId, entries: [{ value: "+12125550113" }] });
  await office.suppression.deleteSuppressionList({ suppressionListId });
  await until(async () => (await stored("suppression_entries")) === 0);
});

async function connected(t: TestContext, url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // The database may go before the connection does.
  client.on("error", () => {});
  await client.connect();
  t.after(() => client.end());
  return client;
}
