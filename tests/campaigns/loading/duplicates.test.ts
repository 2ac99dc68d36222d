import assert from "node:assert/strict";
import { test } from "node:test";
import { CampaignGroupState, LoadMode } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { newId, rejectsWith, until } from "../../lib/harness.ts";
import { databaseOf } from "../../lib/servers.ts";
import {
  anew,
  boot,
  type Booted,
  clientsOf,
  EMAIL,
  ended,
  freshDevices,
  lease,
  makeGroup,
  makeList,
  makeLongList,
  MOBILE,
  progressOf,
  queueOf,
  report,
  smsGroup,
  untilState,
} from "../boot.ts";
import { delivery } from "../things.ts";

const services = await boot(wholeFile);
const { CAMPAIGN_GROUP_STATE_ACTIVE: ACTIVE, CAMPAIGN_GROUP_STATE_STOPPED: STOPPED } = CampaignGroupState;
const phones = (count: number) => Array.from({ length: count }, () => [MOBILE]);

async function loaded(at: Booted, group: Parameters<typeof makeGroup>[1]): Promise<string> {
  const id = await makeGroup(at, group);
  await at.groups.loadCampaignGroup({ campaignGroupId: id });
  await untilState(at, id, ACTIVE);
  return id;
}

/** Creates a list whose records have exactly these phones. */
async function listOfPhones(at: Booted, records: readonly (readonly string[])[]): Promise<string> {
  const id = await makeList(at, []);
  await databaseOf(wholeFile, "lists", at.envOf("lists")["DATABASE_URL"] ?? "")
    .tenant(at.tenantId)
    .query(
      `insert into lists.records (tenant_id, contact_list_id, id, import_number, source_line, client_id, first_name, last_name, company, postal_code, state,
         country, zone, fields, device_indexes, device_types, device_infos, device_zones)
       select $1, $2, uuidv7(), 1, line, 'P' || line, 'Ann', 'Example', '', '', 'NY', 'US', '', '{}',
         array(select generate_series(1, cardinality(infos)))::smallint[], array_fill(4::smallint, array[cardinality(infos)]), infos,
         array_fill('America/New_York'::text, array[cardinality(infos)])
       from (select ordinality as line, text::text[] as infos from unnest($3::text[]) with ordinality as given (text)) as rows`,
      [at.tenantId, id, records.map((infos) => `{${infos.join(",")}}`)],
    );
  return id;
}

const queued = async (at: Booted, campaignGroupId: string) =>
  (await at.queue.listQueued({ campaignGroupId })).chains.map(
    ({ clientId, deviceIndexes }) => `${clientId} ${deviceIndexes.join(",")}`,
  );

test("one person in two lists of a group is reached once, by the first list, and whoever was left out can be seen", async (t) => {
  const at = await anew(t, services);
  const people = freshDevices();
  const first = await makeList(at, phones(3), people);
  const second = await makeList(at, [...phones(5), [EMAIL]], people);
  const id = await loaded(at, smsGroup([first, second]));
  const { due, waiting, leftOutByReason } = await progressOf(at, id);
  assert.deepEqual([due, waiting], [5, 5]);
  assert.deepEqual(leftOutByReason, { duplicate_device: 3, no_device_for_channel: 1 });

  const { leftOut } = await at.queue.listLeftOut({ campaignGroupId: id, reason: "duplicate_device" });
  assert.deepEqual(
    leftOut.map(({ clientId, contactListId, reason, contactName }) => [clientId, contactListId, reason, contactName]),
    ["C1", "C2", "C3"].map((clientId) => [clientId, second, "duplicate_device", ""]),
    "without lists.read nobody is named",
  );
  const page = await at.queue.listLeftOut({ campaignGroupId: id, pageSize: 3 });
  const rest = await at.queue.listLeftOut({ campaignGroupId: id, pageSize: 3, pageToken: page.nextPageToken });
  assert.deepEqual([page.leftOut.length, rest.leftOut.length, rest.nextPageToken], [3, 1, ""]);
});

test("with allow_duplicates everybody is reached as often as the lists say", async (t) => {
  const at = await anew(t, services);
  const people = freshDevices();
  const lists = [await makeList(at, phones(3), people), await makeList(at, phones(3), people)];
  const id = await loaded(at, smsGroup(lists, { allowDuplicates: true }));
  const { due, leftOutByReason } = await progressOf(at, id);
  assert.deepEqual([due, leftOutByReason], [6, {}]);
  await rejectsWith(
    at.groups.updateCampaignGroup({ campaignGroup: { id, allowDuplicates: false }, updateMask: ["allow_duplicates"] }),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_STATE_CONFLICT",
  );
});

test("within one list the first record keeps a device; the others keep those that nobody has before them", async (t) => {
  const at = await anew(t, services);
  const list = await listOfPhones(at, [
    ["+12125550001", "+12125550002"],
    ["+12125550002", "+12125550003"],
    ["+12125550001"],
    ["+12125550003", "+12125550001", "+12125550002"],
    ["+12125550004", "+12125550004"],
    ["+12125550005"],
  ]);
  const id = await loaded(at, smsGroup([list]));
  assert.deepEqual(await queued(at, id), ["P1 1,2", "P2 2", "P5 1", "P6 1"]);
  const { leftOutByReason, duplicateDevices } = await progressOf(at, id);
  assert.deepEqual([leftOutByReason, duplicateDevices], [{ duplicate_device: 2 }, 2]);
});

test("a long list of which only the last two have one number gives each number once, and nothing is left of the quicker way that was begun", async (t) => {
  const at = await anew(t, services);
  const list = await makeLongList(at, 30_000);
  await at.listsDb.tenant(at.tenantId).query(
    `update lists.records set device_infos = (select device_infos from lists.records where tenant_id = $1 and contact_list_id = $2 order by id desc limit 1)
      where tenant_id = $1 and contact_list_id = $2 and id = (select id from lists.records where tenant_id = $1 and contact_list_id = $2 order by id desc offset 1 limit 1)`,
    [at.tenantId, list],
  );
  const id = await loaded(at, smsGroup([list]));
  const { due, leftOutByReason } = await progressOf(at, id);
  assert.deepEqual([due, leftOutByReason], [29_999, { duplicate_device: 1 }]);
  const { rows } = await at.db
    .tenant(at.tenantId)
    .query<{ chains: number; numbers: number }>(
      "select count(*)::integer as chains, count(distinct device_keys)::integer as numbers from campaigns.chains where campaign_group_id = $1",
      [id],
    );
  assert.deepEqual(rows, [{ chains: 29_999, numbers: 29_999 }]);
});

test("an address is the same however it is written", async (t) => {
  const at = await anew(t, services);
  const people = freshDevices();
  const list = await makeList(at, [[EMAIL]], people);
  const other = await makeList(at, [[EMAIL]], people);
  await databaseOf(wholeFile, "lists", at.envOf("lists")["DATABASE_URL"] ?? "")
    .tenant(at.tenantId)
    .query("update lists.records set device_infos = array[upper(device_infos[1])] where contact_list_id = $1", [other]);
  const content = { from: "", subject: "News", text: "Hello", html: "" };
  const id = await loaded(at, smsGroup([list, other], { channel: Channel.CHANNEL_EMAIL, content }));
  assert.deepEqual(await queued(at, id), ["C1 1"]);
});

test("a run that goes on adds new records, but nobody who was reached under another record", async (t) => {
  const at = await anew(t, services);
  const people = freshDevices();
  const list = await makeList(at, phones(2), people);
  const id = await makeGroup(at, smsGroup([list]));
  await at.groups.startCampaignGroup({ campaignGroupId: id });
  await untilState(at, id, CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING);
  await report(at, id, await lease(at, id), ended(delivery("DELIVERED")));
  await untilState(at, id, STOPPED);
  // The list is imported again, so that its people get new records, and with one more person.
  const lists = databaseOf(wholeFile, "lists", at.envOf("lists")["DATABASE_URL"] ?? "").tenant(at.tenantId);
  const again = await makeList(at, phones(3), people);
  await lists.query("delete from lists.records where contact_list_id = $1", [list]);
  await lists.query("update lists.records set contact_list_id = $1 where contact_list_id = $2", [list, again]);
  await at.groups.loadCampaignGroup({ campaignGroupId: id, mode: LoadMode.LOAD_MODE_CONTINUE });
  await untilState(at, id, ACTIVE);
  const { due, waiting, leftOutByReason } = await progressOf(at, id);
  assert.deepEqual([due, waiting, leftOutByReason], [3, 1, { duplicate_device: 2 }]);
  await at.groups.startCampaignGroup({ campaignGroupId: id });
  await untilState(at, id, CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING);
  assert.deepEqual(
    (await lease(at, id)).map(({ clientId }) => clientId),
    ["C3"],
  );
});

test("a group loaded anew, or deleted, forgets whom it left out", async (t) => {
  const at = await anew(t, services);
  const people = freshDevices();
  const lists = [await makeList(at, phones(2), people), await makeList(at, phones(2), people)];
  const id = await loaded(at, smsGroup(lists));
  await at.groups.stopCampaignGroup({ campaignGroupId: id });
  await at.groups.loadCampaignGroup({ campaignGroupId: id, mode: LoadMode.LOAD_MODE_ANEW });
  await untilState(at, id, ACTIVE);
  assert.deepEqual((await progressOf(at, id)).leftOutByReason, { duplicate_device: 2 });
  assert.equal((await at.queue.listLeftOut({ campaignGroupId: id })).leftOut.length, 2);
  await at.groups.stopCampaignGroup({ campaignGroupId: id });
  await at.groups.deleteCampaignGroup({ campaignGroupId: id });
  const left = async () => {
    const { rows } = await at.db
      .tenant(at.tenantId)
      .query<{ n: number }>("select count(*)::int as n from campaigns.left_out where campaign_group_id = $1", [id]);
    return rows[0]?.n;
  };
  await until(async () => (await left()) === 0);
});

test("ListLeftOut and ListQueued name people for callers that may read lists, and another tenant sees nothing", async (t) => {
  const at = await anew(t, services);
  const people = freshDevices();
  const lists = [await makeList(at, phones(1), people), await makeList(at, phones(1), people)];
  const id = await loaded(at, smsGroup(lists));
  const reader = await queueOf(t, at.addresses.campaigns, at.tenantId, ["campaigns.read", "lists.read"]);
  const [chain] = (await reader.listQueued({ campaignGroupId: id })).chains;
  const number = `+1${2_122_000_000 + people + 11}`;
  assert.deepEqual(
    [chain?.contactName, chain?.contactInfo, chain?.zones],
    ["Ann Example", number, ["America/New_York"]],
  );
  const [left] = (await reader.listLeftOut({ campaignGroupId: id })).leftOut;
  assert.deepEqual([left?.contactName, left?.contactInfos], ["Ann Example", [number]]);
  const [unnamed] = (await at.queue.listQueued({ campaignGroupId: id })).chains;
  assert.deepEqual([unnamed?.contactName, unnamed?.contactInfo, unnamed?.clientId], ["", "", "C1"]);
  const other = await clientsOf(t, at, newId());
  await rejectsWith(
    other.queue.listLeftOut({ campaignGroupId: id }),
    status.NOT_FOUND,
    "ERROR_REASON_CAMPAIGN_GROUP_NOT_FOUND",
  );
});
