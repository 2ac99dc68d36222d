/**
 * Measures how much of one core the platform (all services, and the edge with its body check) uses while two campaigns wait for the
 * morning. Prints the use of each process, also of PostgreSQL, Redis and the simulators, to find what wakes up for nothing.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CampaignGroupState } from "../gen/herald/campaigns/v1/campaign_group.ts";
import { CampaignGroupServiceDefinition } from "../gen/herald/campaigns/v1/campaign_group_service.ts";
import { Channel } from "../gen/herald/common/v1/channel.ts";
import { prepareDatabase } from "../deploy/local/database.ts";
import { startPlatform } from "../deploy/local/platform.ts";
import { serviceAddresses } from "../deploy/local/services.ts";
import { privateSettings } from "../deploy/local/settings.ts";
import { newId } from "../svc/lib/request/ids.ts";
import { until } from "../tests/lib/harness.ts";
import { printFigure, printParts } from "./lib/figures.ts";
import { openMeshTenant } from "./lib/mesh-tenant.ts";
import { cpuMicros, maxRssMb, microsEach } from "./lib/processes.ts";

const LIMIT_PERCENT = 5;
const CAMPAIGNS = 2;
const PEOPLE = 100;
const BESIDE = new Set(["postgres", "redis", "simulators"]);
/** Work that the start began is done after this time. */
const SETTLE_MS = 20_000;
const SECONDS = Number(process.env["BENCH_IDLE_SECONDS"] ?? 60);
/** A zone where it is the middle of the night, whenever the bench runs. */
const hoursEast = ((3 - new Date().getUTCHours() + 36) % 24) - 12;
const ZONE = `Etc/GMT${hoursEast > 0 ? "-" : "+"}${Math.abs(hoursEast)}`;

const dataDir = mkdtempSync(join(tmpdir(), "herald-bench-idle-"));
const settings = await privateSettings(dataDir);
const platform = await startPlatform({ settings, ui: "any" });
const tenant = await openMeshTenant({
  addresses: serviceAddresses(settings),
  databaseUrls: { lists: (await prepareDatabase(platform.databaseUrl, platform.secrets))("lists") },
  meshKey: platform.secrets.meshKey,
});
try {
  for (let i = 0; i < CAMPAIGNS; i++) await startWaiting(i);
  await wait(SETTLE_MS);
  const pids = Object.fromEntries(platform.units.map((unit) => [unit, platform.state(unit).pid ?? 0]));
  const before = cpuMicros(pids);
  await wait(SECONDS * 1_000);
  const used = microsEach(before, cpuMicros(pids), SECONDS);
  printParts("idle.cpu", "µs of CPU a second", used);
  const ours = Object.entries(used).filter(([name]) => !BESIDE.has(name));
  const percent = ours.reduce((sum, [, micros]) => sum + micros, 0) / 10_000;
  printFigure("idle", percent, "% of one core", LIMIT_PERCENT, maxRssMb({ pid: pids["dial"] }));
} finally {
  await tenant.stop();
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** Starts a campaign whose people may not be contacted before the morning. */
async function startWaiting(i: number): Promise<void> {
  const groups = tenant.client(CampaignGroupServiceDefinition, "campaigns");
  const numbers = Array.from({ length: PEOPLE }, (_, n) => `+1212${20_000 + i}${String(n).padStart(2, "0")}`);
  const { campaignGroup } = await groups.createCampaignGroup({
    campaignGroup: {
      name: newId(),
      channel: Channel.CHANNEL_SMS,
      contactListIds: [await tenant.newList(Channel.CHANNEL_SMS, numbers, ZONE)],
      content: { from: "", subject: "", text: "Good morning!", html: "" },
    },
  });
  const campaignGroupId = campaignGroup?.id ?? "";
  const stateOf = async () => (await groups.getCampaignGroup({ campaignGroupId })).campaignGroup?.state;
  await groups.loadCampaignGroup({ campaignGroupId });
  await until(async () => (await stateOf()) === CampaignGroupState.CAMPAIGN_GROUP_STATE_ACTIVE, { timeoutMs: 60_000 });
  await groups.startCampaignGroup({ campaignGroupId });
}
