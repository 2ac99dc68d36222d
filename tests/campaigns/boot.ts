/** Starts campaigns for a test, with those of the services it calls that the test needs. */
import { freePorts } from "../../deploy/local/ports.ts";
import type { CampaignGroup } from "../../gen/herald/campaigns/v1/campaign_group.ts";
import { CampaignGroupServiceDefinition } from "../../gen/herald/campaigns/v1/campaign_group_service.ts";
import type { AttemptReport } from "../../gen/herald/campaigns/v1/attempt_report.ts";
import { DialQueueServiceDefinition } from "../../gen/herald/campaigns/v1/dial_queue_service.ts";
import type { Lease } from "../../gen/herald/campaigns/v1/lease.ts";
import { Channel } from "../../gen/herald/common/v1/channel.ts";
import type { Outcome } from "../../gen/herald/common/v1/outcome.ts";
import { ContactListServiceDefinition } from "../../gen/herald/lists/v1/contact_list_service.ts";
import { startCampaigns } from "../../svc/campaigns/service.ts";
import { startCompliance } from "../../svc/compliance/service.ts";
import type { Database } from "../../svc/lib/postgres/db.ts";
import type { RunningService } from "../../svc/lib/service/run.ts";
import { startLists } from "../../svc/lists/service.ts";
import type { Owner } from "../lib/cleanup.ts";
import { fakeClock, meshClient, MESH_KEY, newId, started, testKeys, until, userClient } from "../lib/harness.ts";
import { databaseOf, testDatabase, testRedis } from "../lib/servers.ts";

/** Noon in New York on a Tuesday. */
const NOON = "2026-03-03T17:00:00Z";
const PERMISSIONS = ["campaigns.read", "campaigns.write", "campaigns.start"];

const SERVICES = ["lists", "compliance", "dial", "campaigns"] as const;

/** One database with the schemas of all services of the test, and an address for each service. */
export interface World {
  envOf(service: (typeof SERVICES)[number], more?: Record<string, string>): Record<string, string>;
  addresses: Record<(typeof SERVICES)[number], string>;
  db: Database;
  /** Queries the database of lists, for data that no RPC can create. */
  listsDb: Database;
}

export async function world(t: Owner): Promise<World> {
  const [urls, redisUrl, ports] = await Promise.all([
    testDatabase(t, ...SERVICES),
    testRedis(t),
    freePorts(SERVICES.length),
  ]);
  const port = Object.fromEntries(SERVICES.map((service, i) => [service, String(ports[i])])) as Record<
    (typeof SERVICES)[number],
    string
  >;
  const mesh = Object.fromEntries(
    SERVICES.map((service) => [`HERALD_MESH_${service.toUpperCase()}`, `127.0.0.1:${port[service]}`]),
  );
  const db = databaseOf(t, "campaigns", urls.campaigns);
  const listsDb = databaseOf(t, "lists", urls.lists);
  return {
    db,
    listsDb,
    addresses: Object.fromEntries(
      SERVICES.map((service) => [service, `127.0.0.1:${port[service]}`]),
    ) as World["addresses"],
    envOf: (service, more = {}) => ({
      DATABASE_URL: urls[service],
      REDIS_URL: redisUrl,
      HERALD_MESH_KEY: MESH_KEY,
      // Identity does not run here, so audit entries stay in the outboxes.
      HERALD_MESH_IDENTITY: "127.0.0.1:1",
      HERALD_MESH_JOBS: "127.0.0.1:1",
      HERALD_MESH_CONTACTS: "127.0.0.1:1",
      PORT: port[service],
      LOG_LEVEL: process.env["LOG_LEVEL"] ?? "silent",
      DRAIN: "500ms",
      ...mesh,
      ...more,
    }),
  };
}

export interface Booted extends World {
  service: RunningService;
  compliance: RunningService;
  clock: ReturnType<typeof fakeClock>;
  tenantId: string;
  groups: Awaited<ReturnType<typeof groupsOf>>;
  queue: Awaited<ReturnType<typeof queueOf>>;
  mesh: ReturnType<typeof meshOf>;
  lists: Awaited<ReturnType<typeof listsOf>>;
}

const groupsOf = (t: Owner, address: string, tenantId: string, permissions = PERMISSIONS) =>
  userClient(t, address, CampaignGroupServiceDefinition, { tenantId, permissions });
const queueOf = (t: Owner, address: string, tenantId: string, permissions = PERMISSIONS) =>
  userClient(t, address, DialQueueServiceDefinition, { tenantId, permissions });
const meshOf = (t: Owner, address: string, tenantId: string) =>
  meshClient(t, address, DialQueueServiceDefinition, tenantId, "dial");
const listsOf = (t: Owner, address: string, tenantId: string) =>
  meshClient(t, address, ContactListServiceDefinition, tenantId);
export { groupsOf, meshOf, queueOf };

/** Starts lists, compliance and campaigns. Dial is unavailable unless the test starts it in the same world. */
export async function boot(
  t: Owner,
  { env = {}, in: given, realTime = false }: { env?: Record<string, string>; in?: World; realTime?: boolean } = {},
): Promise<Booted> {
  const around = given ?? (await world(t));
  const clock = fakeClock(NOON);
  const time = realTime ? {} : { now: clock.now };
  await started(t, startLists({ env: around.envOf("lists"), keys: testKeys }));
  const compliance = await started(t, startCompliance({ env: around.envOf("compliance"), keys: testKeys, ...time }));
  const service = await started(t, startCampaigns({ env: around.envOf("campaigns", env), keys: testKeys, ...time }));
  const tenantId = newId();
  return { ...around, service, compliance, clock, ...(await clientsOf(t, around, tenantId)) };
}

/** The same services with clients of a new tenant, so that the tests of a file can share them without affecting each other. */
export const anew = async (t: Owner, at: Booted): Promise<Booted> => ({ ...at, ...(await clientsOf(t, at, newId())) });

/** The clients of one tenant. */
export async function clientsOf(t: Owner, { addresses }: World, tenantId: string) {
  const [groups, queue] = await Promise.all([
    groupsOf(t, addresses.campaigns, tenantId),
    queueOf(t, addresses.campaigns, tenantId),
  ]);
  return {
    tenantId,
    groups,
    queue,
    mesh: meshOf(t, addresses.campaigns, tenantId),
    lists: listsOf(t, addresses.lists, tenantId),
  };
}

export const MOBILE = 4;
export const EMAIL = 10;

type Home = Pick<Booted, "listsDb" | "lists" | "tenantId">;

let lastDevices = 0;
/** Reserves numbers that no other list uses; gives the number before the first of them. */
export const freshDevices = (count = 10_000): number => (lastDevices += count) - count;

/** Creates a list with many records, each with one mobile phone. */
export async function makeLongList({ listsDb, lists, tenantId }: Home, count: number): Promise<string> {
  const contactListId = await makeList({ listsDb, lists, tenantId }, []);
  await listsDb.tenant(tenantId).query(
    `insert into lists.records (tenant_id, contact_list_id, id, import_number, source_line, client_id, first_name, last_name, company, postal_code, state,
       country, zone, fields, device_indexes, device_types, device_infos, device_zones)
     select $1, $2, uuidv7(), 1, line, '', '', '', '', '', '', '', '', '{}', '{1}', '{4}', array['+1' || (2122000000 + $4::bigint + line)], '{America/New_York}'
       from generate_series(1, $3::integer) as line`,
    [tenantId, contactListId, count, freshDevices(count + 1)],
  );
  return contactListId;
}

/**
 * Creates a list as an import would: each inner array has the types of one record's devices. Two lists
 * with the same `devicesAfter` have the same people.
 */
export async function makeList(
  { listsDb, lists, tenantId }: Home,
  records: readonly (readonly number[])[],
  devicesAfter = freshDevices(),
): Promise<string> {
  const { contactList } = await lists.createContactList({ contactList: { name: newId() } });
  const contactListId = contactList?.id ?? "";
  await listsDb.tenant(tenantId).query(
    `insert into lists.records (tenant_id, contact_list_id, id, import_number, source_line, client_id, first_name, last_name, company, postal_code, state,
       country, zone, fields, device_indexes, device_types, device_infos, device_zones)
     select $1, $2, uuidv7(), 1, line, 'C' || line, 'Ann', 'Example', '', '', 'NY', 'US', '', '{}',
       array(select generate_series(1, cardinality(types)))::smallint[], types,
       array(select case when type = 10 then 'ann' || $4 + line * 10 + place || '@example.com' else '+1' || (2122000000 + $4 + line * 10 + place) end
               from unnest(types) with ordinality as d (type, place) order by place),
       array_fill('America/New_York'::text, array[cardinality(types)])
     from (select ordinality as line, text::smallint[] as types from unnest($3::text[]) with ordinality as given (text)) as rows`,
    [tenantId, contactListId, records.map((types) => `{${types.join(",")}}`), devicesAfter],
  );
  return contactListId;
}

/** The settings of an SMS group with these lists. */
export const smsGroup = (contactListIds: string[], more: Partial<CampaignGroup> = {}): Partial<CampaignGroup> => ({
  name: `Group ${newId()}`,
  contactListIds,
  channel: Channel.CHANNEL_SMS,
  content: { from: "", subject: "", text: "Hello {{ first_name }}", html: "" },
  ...more,
});

/** Creates a group. */
export async function makeGroup({ groups }: Pick<Booted, "groups">, group: Partial<CampaignGroup>): Promise<string> {
  const { campaignGroup } = await groups.createCampaignGroup({ campaignGroup: group });
  return campaignGroup?.id ?? "";
}

/** Creates and starts an SMS group with one list of `records`. */
export async function runningGroup(
  at: Booted,
  records: readonly (readonly number[])[],
  more: Partial<CampaignGroup> = {},
): Promise<string> {
  const id = await makeGroup(at, smsGroup([await makeList(at, records)], more));
  await at.groups.startCampaignGroup({ campaignGroupId: id });
  await untilState(at, id, 4);
  return id;
}

/** Waits until the group is in a state. */
export const untilState = ({ groups }: Pick<Booted, "groups">, campaignGroupId: string, state: number) =>
  until(async () => (await groups.getCampaignGroup({ campaignGroupId })).campaignGroup?.state === state, {
    what: `state ${state}`,
  });

/** Leases chains as one dialer. */
export async function lease(
  { mesh }: Pick<Booted, "mesh">,
  campaignGroupId: string,
  maxLeases = 500,
  holder = "dialer-1",
): Promise<Lease[]> {
  return (await mesh.leaseDue({ campaignGroupId, maxLeases, holder })).leases;
}

type Kind = AttemptReport["kind"];

/** Sends the same report about several leases. */
export const report = (
  { mesh, clock }: Pick<Booted, "mesh" | "clock">,
  campaignGroupId: string,
  leases: readonly (Pick<Lease, "recordId" | "attemptId"> & Partial<Pick<Lease, "leaseNumber">>)[],
  kind: Kind,
) =>
  mesh.reportOutcomes({
    reports: leases.map(({ recordId, attemptId, leaseNumber }) => ({
      campaignGroupId,
      recordId,
      attemptId,
      leaseNumber,
      time: clock.now(),
      kind,
    })),
  });

export const begun: Kind = { $case: "begun", begun: {} };
export const ended = (outcome: Outcome, counts = true): Kind => ({ $case: "ended", ended: { outcome, counts } });
export const refused = (reason: string, earliestTime?: Date): Kind => ({
  $case: "refused",
  refused: { reason, earliestTime, repeats: false },
});
export const returned: Kind = { $case: "returned", returned: { reason: "shutdown" } };

/** A group's progress. */
export async function progressOf({ groups }: Pick<Booted, "groups">, campaignGroupId: string) {
  const { progress } = await groups.getCampaignGroup({ campaignGroupId });
  if (!progress) throw new Error("no progress");
  return progress;
}
