/** Starts dial with the services that it works with and the simulators, on one database. The time is an afternoon in New York. */
import { freePorts } from "../../deploy/local/ports.ts";
import { simulatorOptions, type Simulators, startSimulators } from "../../deploy/simulators/simulators.ts";
import type { CampaignGroup } from "../../gen/herald/campaigns/v1/campaign_group.ts";
import { CampaignGroupServiceDefinition } from "../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { Channel } from "../../gen/herald/common/v1/channel.ts";
import { AttemptPolicyServiceDefinition } from "../../gen/herald/compliance/v1/attempt_policy_service.ts";
import { AttemptCheckServiceDefinition } from "../../gen/herald/compliance/v1/attempt_check_service.ts";
import { InteractionServiceDefinition } from "../../gen/herald/contacts/v1/interaction_service.ts";
import { AttemptState } from "../../gen/herald/dial/v1/attempt.ts";
import { AttemptServiceDefinition } from "../../gen/herald/dial/v1/attempt_service.ts";
import { SessionServiceDefinition } from "../../gen/herald/dial/v1/session_service.ts";
import { TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { ContactListServiceDefinition } from "../../gen/herald/lists/v1/contact_list_service.ts";
import { SuppressionListServiceDefinition } from "../../gen/herald/lists/v1/suppression_list_service.ts";
import { startCampaigns } from "../../svc/campaigns/service.ts";
import { startCompliance } from "../../svc/compliance/service.ts";
import { startContacts } from "../../svc/contacts/service.ts";
import { startDial } from "../../svc/dial/service.ts";
import type { Database } from "../../svc/lib/postgres/db.ts";
import type { RunningService } from "../../svc/lib/service/run.ts";
import { startIdentity } from "../../svc/identity/service.ts";
import { startLists } from "../../svc/lists/service.ts";
import { cleanup, type Owner } from "../lib/cleanup.ts";
import { meshClient, MESH_KEY, newId, started, testKeys, until, userClient, VOICE_AUDIENCE } from "../lib/harness.ts";
import { NOT_EXCLUSIVE } from "../compliance/boot.ts";
import { databaseOf, testDatabase, testRedis } from "../lib/servers.ts";

const OTHERS = {
  identity: startIdentity,
  lists: startLists,
  compliance: startCompliance,
  campaigns: startCampaigns,
  contacts: startContacts,
};
type TestService = keyof typeof OTHERS | "dial";
const NAMES: readonly TestService[] = ["identity", "lists", "compliance", "campaigns", "contacts", "dial"];

/** A time at which every contact window of the United States is open. */
const NOON = new Date("2026-03-03T17:00:00Z");
const aheadMs = NOON.getTime() - Date.now();
/** The clock: it runs in real time, but begins at noon. */
export const now = (): Date => new Date(Date.now() + aheadMs);

export interface DialWorld {
  simulators: Simulators;
  addresses: Record<TestService, string>;
  envOf(service: TestService, more?: Record<string, string>): Record<string, string>;
  others: Record<keyof typeof OTHERS, RunningService>;
  /** The tables of a service, for what no RPC can do: to add records without a file, and to see what a crash left behind. */
  database(service: "lists" | "dial" | "campaigns"): Database;
}

/** Starts everything but dial. */
export async function world(t: Owner, sim: Record<string, string> = {}): Promise<DialWorld> {
  const free = {
    SIM_SMTP_PORT: "0",
    SIM_SMPP_PORT: "0",
    SIM_VOICE_PORT: "0",
    SIM_HTTP_PORT: "0",
    HERALD_VOICE_KEY: VOICE_AUDIENCE.key,
  };
  const [urls, redisUrl, ports, simulators] = await Promise.all([
    testDatabase(t, ...NAMES),
    testRedis(t),
    freePorts(NAMES.length),
    startSimulators(simulatorOptions({ ...free, SIM_VOICE_SPEED: "200", ...sim })),
  ]);
  cleanup(t, () => simulators.stop());
  const addresses = Object.fromEntries(NAMES.map((name, i) => [name, `127.0.0.1:${ports[i]}`])) as Record<
    TestService,
    string
  >;
  const mesh = Object.fromEntries(NAMES.map((name) => [`HERALD_MESH_${name.toUpperCase()}`, addresses[name]]));
  const envOf = (service: TestService, more: Record<string, string> = {}) => ({
    ...mesh,
    HERALD_MESH_JOBS: "127.0.0.1:1",
    DATABASE_URL: urls[service],
    DATABASE_CONNECTIONS: "8",
    REDIS_URL: redisUrl,
    HERALD_MESH_KEY: MESH_KEY,
    IDENTITY_KEY_SECRET: MESH_KEY,
    PORT: addresses[service].split(":")[1] as string,
    LOG_LEVEL: process.env["LOG_LEVEL"] ?? "silent",
    DRAIN: "500ms",
    ...(service === "dial" && dialSettings(simulators)),
    ...more,
  });
  const names = Object.keys(OTHERS) as (keyof typeof OTHERS)[];
  const starting = names.map((name) => started(t, OTHERS[name]({ env: envOf(name), keys: testKeys, now })));
  const running = await Promise.all(starting);
  const others = Object.fromEntries(names.map((name, i) => [name, running[i]])) as DialWorld["others"];
  return { simulators, addresses, envOf, others, database: (service) => databaseOf(t, service, urls[service]) };
}

const dialSettings = ({ addresses }: Simulators) => ({
  DIAL_NAME: "dialer-1",
  DIAL_SMTP_URL: addresses.smtp,
  DIAL_SMTP_FROM: "Herald <news@example.com>",
  DIAL_SMPP_URL: addresses.smpp,
  DIAL_SMPP_FROM: "12345",
  DIAL_VOICE_ADAPTER: addresses.voice,
  DIAL_VOICE_FROM: "+12025550199",
  DIAL_VOICE_SPEED: "200",
});

/** Starts dial in this world. */
export const dialIn = (t: Owner, world: DialWorld, more: Record<string, string> = {}): Promise<RunningService> =>
  started(t, startDial({ env: world.envOf("dial", more), keys: testKeys, now }));

/** Starts a world in which all services run. */
export async function boot(t: Owner, sim: Record<string, string> = {}): Promise<DialWorld & { dial: RunningService }> {
  const around = await world(t, sim);
  return { ...around, dial: await dialIn(t, around) };
}

/**
 * Creates a tenant with clients that have all permissions for these tests. Its messages may follow each other at once, and so may its calls
 * unless `exclusive` is set, because most tests contact the same few people again and again.
 */
export async function office(t: Owner, { addresses }: DialWorld, { exclusive = false } = {}) {
  const tenants = meshClient(t, addresses.identity, TenantServiceDefinition, "*");
  const slug = `t${newId().slice(-12)}`;
  const { tenant } = await tenants.createTenant({
    tenant: { slug },
    adminEmail: `a@${slug}.example`,
    adminPassword: newId(),
  });
  const tenantId = tenant?.id ?? "";
  const who = {
    tenantId,
    permissions: [
      "campaigns.read",
      "campaigns.write",
      "campaigns.start",
      "attempts.read",
      "attempts.write",
      "sessions.read",
      "interactions.read",
      "suppression.read",
    ],
  };
  const [groups, attempts, sessions, interactions, suppression] = await Promise.all([
    userClient(t, addresses.campaigns, CampaignGroupServiceDefinition, who),
    userClient(t, addresses.dial, AttemptServiceDefinition, who),
    userClient(t, addresses.dial, SessionServiceDefinition, who),
    userClient(t, addresses.contacts, InteractionServiceDefinition, who),
    userClient(t, addresses.lists, SuppressionListServiceDefinition, who),
  ]);
  const mesh = {
    lists: meshClient(t, addresses.lists, ContactListServiceDefinition, tenantId),
    suppression: meshClient(t, addresses.lists, SuppressionListServiceDefinition, tenantId),
    sessions: meshClient(t, addresses.dial, SessionServiceDefinition, tenantId),
    checks: meshClient(t, addresses.compliance, AttemptCheckServiceDefinition, tenantId),
  };
  if (!exclusive) {
    const policy = meshClient(t, addresses.compliance, AttemptPolicyServiceDefinition, tenantId);
    await policy.updateAttemptPolicy(NOT_EXCLUSIVE);
  }
  return { tenantId, groups, attempts, sessions, interactions, suppression, mesh };
}
export type Office = Awaited<ReturnType<typeof office>>;

/** A record of a test, with one device or two. */
export interface Person {
  phone?: string;
  email?: string;
  otherPhone?: string;
}

/** Different numbers that are reserved for fiction, in area codes of New York, with endings that the simulator delivers. */
export const phones = (count: number): Person[] =>
  Array.from({ length: count }, (_, i) => ({
    phone: `+1212555${String(Math.floor(i / 90)).padStart(2, "0")}${String(i % 90).padStart(2, "0")}`,
  }));
export const emails = (count: number, prefix = "user"): Person[] =>
  Array.from({ length: count }, (_, i) => ({ email: `${prefix}${i}@example.com` }));

/** Creates a list of these people, as an import would. */
export async function makeList(db: Database, { mesh, tenantId }: Office, people: readonly Person[]): Promise<string> {
  const { contactList } = await mesh.lists.createContactList({ contactList: { name: newId() } });
  const contactListId = contactList?.id ?? "";
  await db.tenant(tenantId).query(
    `insert into lists.records (tenant_id, contact_list_id, id, import_number, source_line, client_id, first_name, last_name, company, postal_code, state,
       country, zone, fields, device_indexes, device_types, device_infos, device_zones)
     select $1, $2, uuidv7(), 1, line, 'C' || line, 'Ann' || line, 'Example', '', '', 'NY', 'US', '', '{}',
       case when other is null then '{1}'::smallint[] else '{1,2}' end, array_fill((case when info like '%@%' then 10 else 4 end)::smallint, array[1 + num_nonnulls(other)]),
       array_remove(array[info, other], null), array_fill('America/New_York'::text, array[1 + num_nonnulls(other)])
     from unnest($3::text[], $4::text[]) with ordinality as given (info, other, line)`,
    [
      tenantId,
      contactListId,
      people.map(({ phone, email }) => phone ?? email),
      people.map(({ otherPhone }) => otherPhone),
    ],
  );
  return contactListId;
}

export const smsGroup = (contactListIds: string[], more: Partial<CampaignGroup> = {}): Partial<CampaignGroup> => ({
  name: `SMS ${newId()}`,
  contactListIds,
  channel: Channel.CHANNEL_SMS,
  content: { from: "", subject: "", text: "Hello {{ first_name }}", html: "" },
  ...more,
});

export const emailGroup = (contactListIds: string[], more: Partial<CampaignGroup> = {}): Partial<CampaignGroup> => ({
  name: `Email ${newId()}`,
  contactListIds,
  channel: Channel.CHANNEL_EMAIL,
  content: { from: "", subject: "For {{ first_name }}", text: "Hello {{ first_name }}", html: "" },
  ...more,
});

/** Creates and starts a group; gives its id. */
export async function startGroup({ groups }: Office, group: Partial<CampaignGroup>): Promise<string> {
  const { campaignGroup } = await groups.createCampaignGroup({ campaignGroup: group });
  const campaignGroupId = campaignGroup?.id ?? "";
  await groups.startCampaignGroup({ campaignGroupId });
  return campaignGroupId;
}

export async function progressOf({ groups }: Office, campaignGroupId: string) {
  const { progress } = await groups.getCampaignGroup({ campaignGroupId });
  if (!progress) throw new Error("no progress");
  return progress;
}

/** Waits until every chain of the group is closed or stale. */
export const untilFinished = (at: Office, campaignGroupId: string, timeoutMs = 30_000) =>
  until(
    async () => {
      const progress = await progressOf(at, campaignGroupId);
      return progress.due > 0 && progress.finished + progress.stale >= progress.due ? progress : undefined;
    },
    { timeoutMs, what: "the group is finished" },
  );

/** All attempts of a group, page by page. */
export async function attemptsOf(
  { attempts }: Office,
  campaignGroupId: string,
  state: AttemptState = AttemptState.ATTEMPT_STATE_UNSPECIFIED,
) {
  const found = [];
  for (let pageToken = ""; ;) {
    const page = await attempts.listAttempts({ campaignGroupId, state, pageSize: 500, pageToken });
    found.push(...page.attempts);
    if (page.nextPageToken === "") return found;
    pageToken = page.nextPageToken;
  }
}
