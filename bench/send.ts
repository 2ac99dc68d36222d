/**
 * Measures emails and SMS a second from end to end: leased from campaigns, allowed by compliance, stored, sent, and their results stored and
 * reported to campaigns, compliance and contacts. Every service is a process of its own, on the same cores as PostgreSQL and the carriers.
 * The limit is a PostgreSQL batch insert and the provider alone, in the same run. Also prints the CPU time of each process for a message,
 * which other work on the machine does not change.
 */
import { Channel } from "../gen/herald/common/v1/channel.ts";
import { type CampaignGroup, CampaignGroupState } from "../gen/herald/campaigns/v1/campaign_group.ts";
import { CampaignGroupServiceDefinition } from "../gen/herald/campaigns/v1/campaign_group_service.ts";
import { startTestServers } from "../deploy/local/test-servers.ts";
import { OPERATORS } from "../svc/dial/providers/provider-route.ts";
import type { Attempt } from "../svc/dial/attempts/attempt.ts";
import { dialConfig } from "../svc/dial/config.ts";
import { createEvents } from "../svc/dial/events.ts";
import type { MessageProvider } from "../svc/dial/pipeline/send/message-provider.ts";
import { SmppProvider } from "../svc/dial/sms/smpp-provider.ts";
import { SmtpProvider } from "../svc/dial/email/smtp-provider.ts";
import { newId } from "../svc/lib/request/ids.ts";
import { createLog } from "../svc/lib/observe/log.ts";
import { Metrics } from "../svc/lib/observe/metrics.ts";
import { MESH_KEY, until } from "../tests/lib/harness.ts";
import { printFigure, printParts } from "./lib/figures.ts";
import { startMesh } from "./lib/mesh-processes.ts";
import { openMeshTenant } from "./lib/mesh-tenant.ts";
import { cpuMicros, microsEach } from "./lib/processes.ts";
import { limitPerSecond } from "./lib/send-limit.ts";

const EMAILS = Number(process.env["BENCH_SEND_EMAILS"] ?? 10_000);
const MESSAGES = Number(process.env["BENCH_SEND_SMS"] ?? 20_000);
/** Messages sent before the measurement, since code runs slowly the first time. */
const WARM_UP = 1_000;
const TEXT = "Hello {{ first_name }}, your table in our garden is waiting for you. Bring your friends, and the sun.";
/** A zone where it is afternoon, so that windows are open whenever the bench runs. */
const hoursEast = ((15 - new Date().getUTCHours() + 36) % 24) - 12;
const ZONE = `Etc/GMT${hoursEast > 0 ? "-" : "+"}${Math.abs(hoursEast)}`;

const servers = await startTestServers({ durable: true });
const mesh = await startMesh(servers);
const log = createLog("bench", "silent");
const tenant = await openMeshTenant(mesh);
try {
  await measure(Channel.CHANNEL_EMAIL, "send.email", "emails/s", EMAILS);
  await measure(Channel.CHANNEL_SMS, "send.sms", "SMS/s", MESSAGES);
} finally {
  await tenant.stop();
  await mesh.stop();
  await servers.stop();
}

async function measure(channel: Channel, name: string, unit: string, people: number): Promise<void> {
  await providerAlone(channel, WARM_UP);
  // To others: after a message there is a minute of peace.
  await sendAll(channel, "warm-up", WARM_UP, people);
  const limit = await withUsage(`${name}.limit.cpu`, people, () => providerAlone(channel, people));
  const value = await withUsage(`${name}.cpu`, people, () => sendAll(channel, name, people));
  printFigure(name, value, unit, limit, mesh.maxRssMb("dial"));
}

/** Does the work, and prints the CPU time that each process used for a message. */
async function withUsage<T>(name: string, people: number, work: () => Promise<T>): Promise<T> {
  const pids = { ...mesh.pids, ...servers.pids, bench: process.pid };
  const before = cpuMicros(pids);
  const result = await work();
  printParts(name, "µs of CPU a message", microsEach(before, cpuMicros(pids), people));
  return result;
}

/** Sends a whole group. Gives messages a second, from its start to its last result. */
async function sendAll(channel: Channel, name: string, people: number, first = 0): Promise<number> {
  const groups = tenant.client(CampaignGroupServiceDefinition, "campaigns");
  const infos = Array.from({ length: people }, (_, i) => infoOf(channel, first + i));
  const { campaignGroup } = await groups.createCampaignGroup({
    campaignGroup: {
      name: `${name} ${newId()}`,
      channel,
      contactListIds: [await tenant.newList(channel, infos, ZONE)],
      content: contentFor(channel),
    },
  });
  const campaignGroupId = campaignGroup?.id ?? "";
  const now = async () => groups.getCampaignGroup({ campaignGroupId });
  await groups.loadCampaignGroup({ campaignGroupId });
  await until(async () => (await now()).campaignGroup?.state === CampaignGroupState.CAMPAIGN_GROUP_STATE_ACTIVE, {
    timeoutMs: 60_000,
  });
  const begun = performance.now();
  await groups.startCampaignGroup({ campaignGroupId });
  const result = channel === Channel.CHANNEL_EMAIL ? "sent" : "delivered";
  const done = async () => (await now()).progress?.attemptsByResult[result] === people;
  await until(done, { timeoutMs: 600_000, everyMs: 100 });
  return people / ((performance.now() - begun) / 1_000);
}

/** Devices that the simulators deliver to; the endings of numbers decide that at the message centre. */
function infoOf(channel: Channel, i: number): string {
  if (channel === Channel.CHANNEL_EMAIL) return `user${i}@example.com`;
  return `+1212${20_000 + Math.floor(i / 90)}${String(i % 90).padStart(2, "0")}`;
}

function contentFor(channel: Channel): CampaignGroup["content"] {
  const isEmail = channel === Channel.CHANNEL_EMAIL;
  return {
    from: "",
    subject: isEmail ? "For {{ first_name }}" : "",
    text: TEXT,
    html: isEmail ? `<p>${TEXT}</p>` : "",
  };
}

async function providerAlone(channel: Channel, people: number): Promise<number> {
  const env = { DATABASE_URL: mesh.databaseUrls.dial, HERALD_MESH_KEY: MESH_KEY };
  const config = dialConfig({ ...env, DIAL_SMTP_URL: mesh.carriers.smtp, DIAL_SMPP_URL: mesh.carriers.smpp });
  const shared = {
    unsettledMost: config.unsettledMost,
    events: createEvents(new Metrics("dial"), log),
    now: () => new Date(),
  };
  const deliveries = { receipt: async () => true, inbound: async () => {}, unreadable: async () => {} };
  const provider: MessageProvider | undefined =
    channel === Channel.CHANNEL_EMAIL
      ? config.smtp && new SmtpProvider({ ...config.smtp, ...shared, sign: async (_tenantId, _domain, email) => email })
      : config.smpp && new SmppProvider({ ...config.smpp, ...shared }, deliveries);
  if (!provider) throw new Error("no provider");
  const message = { subject: "For Ann", text: TEXT, html: channel === Channel.CHANNEL_EMAIL ? `<p>${TEXT}</p>` : "" };
  const attempt = (i: number): Attempt => ({
    tenantId: newId(),
    id: newId(),
    origin: {
      ...{ kind: "chain", groupId: newId(), groupName: "", recordId: newId(), listId: newId() },
      ...{ deviceIndex: 1, attemptNumber: 1 },
    },
    ...{ clientId: "", firstName: "", lastName: "", channel, contactInfo: infoOf(channel, i) },
    ...{ ownAddress: channel === Channel.CHANNEL_EMAIL ? "news@example.com" : "12345", message, unsubscribeUrl: "" },
    route: OPERATORS,
  });
  try {
    return await limitPerSecond(
      servers.databaseUrl,
      provider,
      Array.from({ length: people }, (_, i) => attempt(i)),
    );
  } finally {
    await provider.stop();
  }
}
