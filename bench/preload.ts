/**
 * People a second that go from a list (BENCH_PRELOAD_PEOPLE, 1,000,000 unless told) into the dial queue of a campaign group, each
 * number once, against the same INSERT … SELECT without a question asked; and the same with a list of which every hundredth has
 * the number of another.
 */
import pg from "pg";
import { startTestServers } from "../deploy/local/test-servers.ts";
import { CampaignGroupState } from "../gen/herald/campaigns/v1/campaign_group.ts";
import { CampaignGroupServiceDefinition } from "../gen/herald/campaigns/v1/campaign_group_service.ts";
import { Channel } from "../gen/herald/common/v1/channel.ts";
import { Lane } from "../svc/campaigns/queue/chain.ts";
import { newId } from "../svc/lib/request/ids.ts";
import { until } from "../tests/lib/harness.ts";
import { printFigure } from "./lib/figures.ts";
import { startMesh } from "./lib/mesh-processes.ts";
import { openMeshTenant } from "./lib/mesh-tenant.ts";

const PEOPLE = Number(process.env["BENCH_PRELOAD_PEOPLE"] ?? 1_000_000);
const WARM_UP = 20_000;

const servers = await startTestServers({ durable: true });
const mesh = await startMesh(servers);
const tenant = await openMeshTenant(mesh);
const groups = tenant.client(CampaignGroupServiceDefinition, "campaigns");
const sql = new pg.Client({ connectionString: mesh.databaseUrls.campaigns });
await sql.connect();

try {
  await measure("", WARM_UP, Infinity);
  await measure("preload", PEOPLE, Infinity);
  await measure("preload.duplicates", PEOPLE, 100);
} finally {
  await sql.end();
  await tenant.stop();
  await mesh.stop();
  await servers.stop();
}

/** Every `doubleEvery`th person has the number of the one before. */
async function measure(name: string, people: number, doubleEvery: number): Promise<void> {
  const numberOf = (i: number) => `+1212${String(2_000_000 + i)}`;
  const infos = Array.from({ length: people }, (_, i) => numberOf(i % doubleEvery === doubleEvery - 1 ? i - 1 : i));
  const contactListId = await tenant.newList(Channel.CHANNEL_SMS, infos, "America/New_York");
  const limit = people / (await plainSeconds(contactListId));
  const rate = people / (await loadSeconds(contactListId));
  if (name) printFigure(name, rate, "people/s", limit, mesh.maxRssMb("campaigns"));
}

async function loadSeconds(contactListId: string): Promise<number> {
  const content = { from: "", subject: "", text: "Hello", html: "" };
  const fresh = { name: newId(), channel: Channel.CHANNEL_SMS, contactListIds: [contactListId], content };
  const { campaignGroup } = await groups.createCampaignGroup({ campaignGroup: fresh });
  const campaignGroupId = campaignGroup?.id ?? "";
  const begun = performance.now();
  await groups.loadCampaignGroup({ campaignGroupId });
  await until(
    async () =>
      (await groups.getCampaignGroup({ campaignGroupId })).campaignGroup?.state ===
      CampaignGroupState.CAMPAIGN_GROUP_STATE_ACTIVE,
    { timeoutMs: 300_000, everyMs: 20 },
  );
  return (performance.now() - begun) / 1_000;
}

/** The same columns of the same people into the same table and indexes, and nothing is asked. */
async function plainSeconds(contactListId: string): Promise<number> {
  await sql.query("begin");
  await sql.query("select set_config('herald.tenant_id', $1, true)", [tenant.id]);
  const begun = performance.now();
  const { rowCount } = await sql.query(
    `insert into campaigns.chains (tenant_id, campaign_group_id, record_id, contact_list_id, lane, due, update_time, client_id, device_indexes, device_keys)
     select $1, $2, record_id, contact_list_id, ${Lane.FRESH}, now(), now(), client_id, device_indexes, array[hashtextextended(device_infos[1], 0)]
       from lists.preload_v1 where tenant_id = $1 and contact_list_id = $3 order by record_id`,
    [tenant.id, newId(), contactListId],
  );
  await sql.query("commit");
  if (!rowCount) throw new Error("The list is empty: nothing was measured.");
  return (performance.now() - begun) / 1_000;
}
