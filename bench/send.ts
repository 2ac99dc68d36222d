/**
 * Emails and SMS a second from end to end: leased by campaigns, allowed by compliance, written down, sent, and their results written
 * and told to campaigns, compliance and contacts; every service a process of its own on the same cores as PostgreSQL and the
 * carriers. Against a PostgreSQL batch insert and the provider alone, in the same run.
 */
import { Channel } from "../gen/herald/common/v1/outcome.ts";
import { type CampaignGroup, CampaignGroupState } from "../gen/herald/campaigns/v1/campaign_group.ts";
import { CampaignGroupServiceDefinition } from "../gen/herald/campaigns/v1/campaign_group_service.ts";
import { TenantServiceDefinition } from "../gen/herald/identity/v1/tenant_service.ts";
import { ContactListServiceDefinition } from "../gen/herald/lists/v1/contact_list_service.ts";
import { startTestServers } from "../deploy/local/test-servers.ts";
import type { Attempt } from "../svc/dial/attempt.ts";
import { dialConfig } from "../svc/dial/config.ts";
import { createEvents } from "../svc/dial/events.ts";
import type { MessageProvider } from "../svc/dial/message-provider.ts";
import { SmppProvider } from "../svc/dial/smpp-provider.ts";
import { SmtpProvider } from "../svc/dial/smtp-provider.ts";
import { bindScope, connect } from "../svc/lib/client.ts";
import type { GenericDefinition } from "../svc/lib/definitions.ts";
import { openDatabase } from "../svc/lib/db.ts";
import { newId } from "../svc/lib/ids.ts";
import { createLog } from "../svc/lib/log.ts";
import { audienceOf, meshTokens } from "../svc/lib/mesh-token.ts";
import { Metrics } from "../svc/lib/metrics.ts";
import { MESH_KEY, until } from "../tests/lib/harness.ts";
import { printFigure } from "./lib/figures.ts";
import { startMesh } from "./lib/mesh-processes.ts";
import { limitPerSecond } from "./lib/send-limit.ts";

const EMAILS = Number(process.env["BENCH_SEND_EMAILS"] ?? 10_000);
const MESSAGES = Number(process.env["BENCH_SEND_SMS"] ?? 20_000);
/** What runs for the first time runs slowly. */
const WARM_UP = 1_000;
const TEXT = "Hello {{ first_name }}, your table in our garden is waiting for you. Bring your friends, and the sun.";
/** Where it is afternoon, so that windows are open whenever the bench runs. */
const hoursEast = ((15 - new Date().getUTCHours() + 36) % 24) - 12;
const ZONE = `Etc/GMT${hoursEast > 0 ? "-" : "+"}${Math.abs(hoursEast)}`;

const servers = await startTestServers({ durable: true });
const mesh = await startMesh(servers);
const connections = new Map<string, ReturnType<typeof connect>>();
const log = createLog("bench", "silent");
const listsDb = openDatabase({
  url: mesh.databaseUrls.lists,
  service: "lists",
  connections: 1,
  statementTimeoutMs: 60_000,
  log,
});
try {
  const tenantId = await until(() => newTenant().catch(() => ""), { timeoutMs: 30_000 });
  await measure(tenantId, Channel.CHANNEL_EMAIL, "send.email", "emails/s", EMAILS);
  await measure(tenantId, Channel.CHANNEL_SMS, "send.sms", "SMS/s", MESSAGES);
} finally {
  await listsDb.close();
  for (const connection of connections.values()) connection.close();
  await mesh.stop();
  await servers.stop();
}

async function measure(tenantId: string, channel: Channel, name: string, unit: string, people: number): Promise<void> {
  await providerAlone(channel, WARM_UP);
  await sendAll(tenantId, channel, "warm-up", WARM_UP);
  const limit = await providerAlone(channel, people);
  const value = await sendAll(tenantId, channel, name, people);
  printFigure(name, value, unit, limit, mesh.maxRssMb("dial"));
}

/** Sends a whole group; gives messages a second from its start to its last result. */
async function sendAll(tenantId: string, channel: Channel, name: string, people: number): Promise<number> {
  const groups = client(CampaignGroupServiceDefinition, "campaigns", tenantId);
  const { campaignGroup } = await groups.createCampaignGroup({
    campaignGroup: {
      name: `${name} ${newId()}`,
      channel,
      contactListIds: [await newList(tenantId, channel, people)],
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

/** Numbers whose endings the message centre delivers. */
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
      ? config.smtp && new SmtpProvider({ ...config.smtp, ...shared })
      : config.smpp && new SmppProvider({ ...config.smpp, ...shared }, deliveries);
  if (!provider) throw new Error("no provider");
  const message = { subject: "For Ann", text: TEXT, html: channel === Channel.CHANNEL_EMAIL ? `<p>${TEXT}</p>` : "" };
  const attempt = (i: number): Attempt => ({
    ...{
      tenantId: newId(),
      id: newId(),
      groupId: newId(),
      groupName: "",
      recordId: newId(),
      listId: newId(),
      clientId: "",
    },
    ...{ firstName: "", lastName: "", deviceIndex: 1, attemptNumber: 1, channel, contactInfo: infoOf(channel, i) },
    ...{ ownAddress: channel === Channel.CHANNEL_EMAIL ? "news@example.com" : "12345", message },
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

async function newTenant(): Promise<string> {
  const tenants = client(TenantServiceDefinition, "identity", "*");
  const slug = `bench-${newId().slice(-12)}`;
  const { tenant } = await tenants.createTenant({
    tenant: { slug },
    adminEmail: "a@example.com",
    adminPassword: newId(),
  });
  return tenant?.id ?? "";
}

/** A list with one device each, as an import would have left it. */
async function newList(tenantId: string, channel: Channel, people: number): Promise<string> {
  const lists = client(ContactListServiceDefinition, "lists", tenantId);
  const { contactList } = await until(
    () => lists.createContactList({ contactList: { name: newId() } }).catch(() => undefined),
    { timeoutMs: 30_000 },
  );
  const infos = Array.from({ length: people }, (_, i) => infoOf(channel, i));
  await listsDb.tenant(tenantId).query(
    `insert into lists.records (tenant_id, contact_list_id, id, import_number, source_line, client_id, first_name, last_name, company, postal_code, state,
       country, zone, fields, device_indexes, device_types, device_infos, device_zones)
     select $1, $2, uuidv7(), 1, line, 'C' || line, 'Ann' || line, 'Example', '', '', '', '', $4, '{}',
       '{1}', array[$5]::smallint[], array[info], array[$4]
     from unnest($3::text[]) with ordinality as given (info, line)`,
    [tenantId, contactList?.id, infos, ZONE, channel === Channel.CHANNEL_EMAIL ? 10 : 4],
  );
  return contactList?.id ?? "";
}

function client<Definition extends GenericDefinition>(
  definition: Definition,
  service: keyof typeof mesh.addresses,
  tenantId: string,
) {
  const known = connections.get(service);
  const connection =
    known ??
    connect({
      address: mesh.addresses[service],
      token: meshTokens("bench", audienceOf(MESH_KEY, service)),
      deadlineMs: 20_000,
    });
  connections.set(service, connection);
  return bindScope(connection.client(definition), { tenantId });
}
