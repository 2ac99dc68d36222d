/**
 * Measures how many people a second go from a list (BENCH_PRELOAD_PEOPLE, 1,000,000 by default) into the dial queue of a campaign group, each
 * number once, against a plain INSERT … SELECT of the same rows. Also with a list in which every hundredth person has the number of another
 * person, and for a start at a closed hour, when nobody is tried: no decision, attempt or history entry may be written. The people live in
 * every area code, so that compliance is asked about a few hundred places.
 */
import pg from "pg";
import { startTestServers } from "../deploy/local/test-servers.ts";
import { CampaignGroupState } from "../gen/herald/campaigns/v1/campaign_group.ts";
import { CampaignGroupServiceDefinition } from "../gen/herald/campaigns/v1/campaign_group_service.ts";
import { StallReason } from "../gen/herald/campaigns/v1/progress.ts";
import { RuleServiceDefinition } from "../gen/herald/compliance/v1/rule_service.ts";
import { Channel } from "../gen/herald/common/v1/channel.ts";
import { Lane } from "../svc/campaigns/queue/chain.ts";
import areaCodesOfStates from "../svc/lib/place/data/area-codes.json" with { type: "json" };
import { newId } from "../svc/lib/request/ids.ts";
import { until } from "../tests/lib/harness.ts";
import { printFigure } from "./lib/figures.ts";
import { startMesh } from "./lib/mesh-processes.ts";
import { type MeshTenant, openMeshTenant } from "./lib/mesh-tenant.ts";

const PEOPLE = Number(process.env["BENCH_PRELOAD_PEOPLE"] ?? 1_000_000);
const WARM_UP = 20_000;
const ZONE = "America/New_York";
const AREA_CODES = Object.values(areaCodesOfStates).flatMap((codes) => codes.split(" "));
const PATIENCE = { timeoutMs: 300_000, everyMs: 20 };

const servers = await startTestServers({ durable: true });
const mesh = await startMesh(servers);
const open = await openMeshTenant(mesh);
// A tenant of its own, since a new rule makes campaigns plan all other queues of the tenant again.
const closed = await openMeshTenant(mesh);
const sql = new pg.Client({ connectionString: mesh.databaseUrls.campaigns });
await sql.connect();
const admin = new pg.Client({ connectionString: servers.databaseUrl });
await admin.connect();

try {
  await measure("", open, WARM_UP, { doubleEvery: Infinity });
  await measure("preload", open, PEOPLE, { doubleEvery: Infinity });
  await measure("preload.duplicates", open, PEOPLE, { doubleEvery: 100 });
  await closeHours();
  await measure("preload.closed", closed, PEOPLE, { doubleEvery: Infinity, areHoursClosed: true });
} finally {
  await Promise.all([sql.end(), admin.end()]);
  await Promise.all([open.stop(), closed.stop()]);
  await mesh.stop();
  await servers.stop();
}

/** Measures one list, in which every `doubleEvery`th person has the number of the one before. */
async function measure(
  name: string,
  tenant: MeshTenant,
  people: number,
  { doubleEvery, areHoursClosed = false }: { doubleEvery: number; areHoursClosed?: boolean },
): Promise<void> {
  const numberOf = (i: number) => `+1${AREA_CODES[i % AREA_CODES.length]}${String(2_000_000 + i)}`;
  const infos = Array.from({ length: people }, (_, i) => numberOf(i % doubleEvery === doubleEvery - 1 ? i - 1 : i));
  const contactListId = await tenant.newList(Channel.CHANNEL_SMS, infos, ZONE);
  await settle();
  const limit = people / (await plainSeconds(tenant, contactListId, areHoursClosed));
  await settle();
  const rate = people / (await (areHoursClosed ? startSeconds : loadSeconds)(tenant, contactListId));
  if (name) printFigure(name, rate, "people/s", limit, mesh.maxRssMb("campaigns"));
}

/** What was written before is on the disk: a checkpoint in the middle would slow down whichever was measured second. */
async function settle(): Promise<void> {
  await admin.query("checkpoint");
}

function groupsOf(tenant: MeshTenant) {
  return tenant.client(CampaignGroupServiceDefinition, "campaigns");
}
type Groups = ReturnType<typeof groupsOf>;

async function loadSeconds(tenant: MeshTenant, contactListId: string): Promise<number> {
  const groups = groupsOf(tenant);
  const campaignGroupId = await newGroup(groups, contactListId);
  const begun = performance.now();
  await groups.loadCampaignGroup({ campaignGroupId });
  await until(
    async () =>
      (await groups.getCampaignGroup({ campaignGroupId })).campaignGroup?.state ===
      CampaignGroupState.CAMPAIGN_GROUP_STATE_ACTIVE,
    PATIENCE,
  );
  return (performance.now() - begun) / 1_000;
}

/** Starts the group and waits until all of its people wait for their hours; then checks that nothing was written about them. */
async function startSeconds(tenant: MeshTenant, contactListId: string): Promise<number> {
  const groups = groupsOf(tenant);
  const campaignGroupId = await newGroup(groups, contactListId);
  const begun = performance.now();
  await groups.startCampaignGroup({ campaignGroupId });
  await until(
    async () =>
      (await groups.getCampaignGroup({ campaignGroupId })).campaignGroup?.state ===
      CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING,
    PATIENCE,
  );
  const seconds = (performance.now() - begun) / 1_000;
  await until(async () => {
    const { progress } = await groups.getCampaignGroup({ campaignGroupId });
    return progress?.stalls[0]?.reason === StallReason.STALL_REASON_WINDOWS_CLOSED;
  }, PATIENCE);
  await nothingWritten(tenant);
  await groups.stopCampaignGroup({ campaignGroupId });
  return seconds;
}

/** Makes a rule that closes everybody's hours for now: before noon only evenings are open, after noon only mornings. */
async function closeHours(): Promise<void> {
  const hour = Number(new Intl.DateTimeFormat("en-US", { timeZone: ZONE, hour: "numeric", hourCycle: "h23" }).format());
  const fromMinute = (hour < 12 ? 18 : 9) * 60;
  const openTimes = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute, untilMinute: fromMinute + 120 }];
  const contactWindow = { places: ["*"], openTimes };
  const rules = closed.client(RuleServiceDefinition, "compliance");
  await rules.createRule({ rule: { name: newId(), required: true, body: { $case: "contactWindow", contactWindow } } });
}

async function nothingWritten(tenant: MeshTenant): Promise<void> {
  for (const [service, table] of [
    ["compliance", "compliance.decisions"],
    ["dial", "dial.attempts"],
    ["contacts", "contacts.interactions"],
  ] as const) {
    const db = new pg.Client({ connectionString: mesh.databaseUrls[service] });
    await db.connect();
    await db.query("select set_config('herald.tenant_id', $1, false)", [tenant.id]);
    const { rowCount } = await db.query(`select from ${table} where tenant_id = $1 limit 1`, [tenant.id]);
    await db.end();
    if (rowCount) throw new Error(`${table} has rows about people who must not be tried.`);
  }
}

async function newGroup(groups: Groups, contactListId: string): Promise<string> {
  const content = { from: "", subject: "", text: "Hello", html: "" };
  const fresh = { name: newId(), channel: Channel.CHANNEL_SMS, contactListIds: [contactListId], content };
  return (await groups.createCampaignGroup({ campaignGroup: fresh })).campaignGroup?.id ?? "";
}

/** Inserts the same rows into the same table and indexes, without any conditions: all are due now, or all wait for one time. */
async function plainSeconds(tenant: MeshTenant, contactListId: string, areHoursClosed: boolean): Promise<number> {
  await sql.query("begin");
  await sql.query("select set_config('herald.tenant_id', $1, true)", [tenant.id]);
  const begun = performance.now();
  const { rowCount } = await sql.query(
    `insert into campaigns.chains (tenant_id, campaign_group_id, record_id, contact_list_id, lane, due, waits_for, update_time, client_id, device_indexes, device_keys)
     select $1, $2, record_id, contact_list_id, $4, now() + $5::interval, $6, now(), client_id, device_indexes, array[hashtextextended(device_infos[1], 0)]
       from lists.preload_v1 where tenant_id = $1 and contact_list_id = $3 order by record_id`,
    [
      ...[tenant.id, newId(), contactListId],
      ...(areHoursClosed ? [Lane.AGAIN, "8 hours", "outside_window"] : [Lane.FRESH, "0 hours", ""]),
    ],
  );
  await sql.query("commit");
  if (!rowCount) throw new Error("The list is empty: nothing was measured.");
  return (performance.now() - begun) / 1_000;
}
