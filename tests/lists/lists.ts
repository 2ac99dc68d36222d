/** Boots `lists`, with the services it asks, for tests. */
import type { TestContext } from "node:test";
import { HttpBody } from "../../gen/google/api/httpbody.ts";
import { JobServiceDefinition } from "../../gen/herald/jobs/v1/job_service.ts";
import type { Import } from "../../gen/herald/lists/v1/import.ts";
import { ContactListServiceDefinition } from "../../gen/herald/lists/v1/contact_list_service.ts";
import { ImportRecordsRequest, RecordServiceDefinition } from "../../gen/herald/lists/v1/record_service.ts";
import {
  ImportEntriesRequest,
  SuppressionListServiceDefinition,
} from "../../gen/herald/lists/v1/suppression_list_service.ts";
import type { BoundCalls } from "../../svc/lib/client/client.ts";
import type { GenericDefinition } from "../../svc/lib/rpc/definitions.ts";
import type { Now } from "../../svc/lib/async/time.ts";
import { startCampaigns } from "../../svc/campaigns/service.ts";
import { startJobs } from "../../svc/jobs/service.ts";
import { startLists } from "../../svc/lists/service.ts";
import { bootIdentity, type Identity } from "../identity/identity.ts";
import { meshClient, newId, started, testEnv, testKeys, userClient } from "../lib/harness.ts";

export interface Lists {
  address: string;
  env: Record<string, string>;
  identity: Identity;
  jobsAddress: string;
  stop(): Promise<void>;
  /** A new tenant, with clients that may do everything in `lists`. */
  openOffice(): Promise<Office>;
}

export interface Office {
  tenantId: string;
  lists: BoundCalls<typeof ContactListServiceDefinition>;
  records: BoundCalls<typeof RecordServiceDefinition>;
  suppression: BoundCalls<typeof SuppressionListServiceDefinition>;
  jobs: BoundCalls<typeof JobServiceDefinition>;
  /** Makes a contact list; gives its id. */
  newList(name?: string): Promise<string>;
  /** Makes a suppression list; gives its id. */
  newSuppressionList(fields?: object): Promise<string>;
  /** Imports a file that is given whole, or in pieces. */
  importFile(
    contactListId: string,
    file: FileContent,
    more?: Partial<ImportRecordsRequest>,
    signal?: AbortSignal,
  ): Promise<Import>;
}

export type FileContent = string | Buffer | AsyncIterable<Buffer>;

const PERMISSIONS = [
  "lists.read",
  "lists.write",
  "lists.import",
  "lists.export",
  "suppression.read",
  "suppression.write",
  "jobs.read",
  "jobs.cancel",
];

export async function bootLists(
  t: TestContext,
  { now, more = {} }: { now?: Now; more?: Record<string, string> } = {},
): Promise<Lists> {
  const identity = await bootIdentity(t);
  const jobsEnv = await testEnv(t, "jobs", { HERALD_MESH_IDENTITY: identity.address });
  const jobs = await started(t, startJobs({ env: jobsEnv, keys: testKeys }));
  const campaigns = await bootCampaigns(t);
  const mesh = {
    HERALD_MESH_IDENTITY: identity.address,
    HERALD_MESH_JOBS: jobs.address,
    HERALD_MESH_CAMPAIGNS: campaigns.address,
  };
  const env = await testEnv(t, "lists", { ...mesh, ...more });
  const service = await started(t, startLists({ env, keys: testKeys, ...(now && { now }) }));
  const lists = { ...service, env, identity, jobsAddress: jobs.address };
  return { ...lists, openOffice: () => openOffice(t, lists) };
}

/** Whom `lists` asks who uses a list; the services that it asks itself are away. */
async function bootCampaigns(t: TestContext): Promise<{ address: string }> {
  const away = Object.fromEntries(
    ["LISTS", "COMPLIANCE", "DIAL", "IDENTITY"].map((name) => [`HERALD_MESH_${name}`, "127.0.0.1:1"]),
  );
  return started(t, startCampaigns({ env: await testEnv(t, "campaigns", away), keys: testKeys }));
}

/** Another process of `lists` beside the first, on the same database. */
export const secondLists = async (t: TestContext, { env }: Lists) => started(t, startLists({ env, keys: testKeys }));

async function openOffice(
  t: TestContext,
  { address, identity, jobsAddress }: Omit<Lists, "openOffice">,
): Promise<Office> {
  const { tenantId } = await identity.newTenant();
  return officeOf(t, tenantId, address, jobsAddress);
}

/** The clients of a tenant's administrator; or of another service, where the process does not know the test's keys. */
export async function officeOf(
  t: TestContext,
  tenantId: string,
  address: string,
  jobsAddress: string,
  as: "user" | "service" = "user",
): Promise<Office> {
  const client = <Definition extends GenericDefinition>(at: string, definition: Definition) =>
    as === "service"
      ? meshClient(t, at, definition, tenantId)
      : userClient(t, at, definition, { tenantId, permissions: PERMISSIONS });
  const lists = await client(address, ContactListServiceDefinition);
  const records = await client(address, RecordServiceDefinition);
  const suppression = await client(address, SuppressionListServiceDefinition);
  const jobs = await client(jobsAddress, JobServiceDefinition);
  return {
    tenantId,
    lists,
    records,
    suppression,
    jobs,
    async newList(name = `List ${newId()}`) {
      const { contactList } = await lists.createContactList({ contactList: { name } });
      return contactList?.id ?? "";
    },
    async newSuppressionList(fields = {}) {
      const { suppressionList } = await suppression.createSuppressionList({
        suppressionList: { name: `Suppression ${newId()}`, ...fields },
      });
      return suppressionList?.id ?? "";
    },
    async importFile(contactListId, file, more = {}, signal) {
      const upload = messages(ImportRecordsRequest, { ...more, contactListId }, file);
      const { import: done } = await records.importRecords(upload, { timeoutMs: 60_000, ...(signal && { signal }) });
      if (!done) throw new Error("no import in the answer");
      return done;
    },
  };
}

/** A file as upload messages; `first` goes with the first. */
async function* messages<Message>(
  type: { fromPartial(object: never): Message },
  first: object,
  file: FileContent,
): AsyncGenerator<Message, void> {
  let begin = first;
  const pieces = typeof file === "string" || Buffer.isBuffer(file) ? inPieces(file) : file;
  for await (const data of pieces) {
    yield type.fromPartial({ ...begin, file: HttpBody.fromPartial({ contentType: "text/csv", data }) } as never);
    begin = {};
  }
}

/** Imports suppression entries. */
export const importEntries = (office: Office, suppressionListId: string, file: FileContent, more: object = {}) =>
  office.suppression.importEntries(messages(ImportEntriesRequest, { ...more, suppressionListId }, file));

/** The suppression stream as compliance sees it. */
export const suppressionStream = (t: TestContext, address: string, tenantId = "*") =>
  meshClient(t, address, SuppressionListServiceDefinition, tenantId, "compliance");

/** A file in pieces of 64 KiB; an empty one is one empty piece. */
function* inPieces(file: string | Buffer, size = 65_536): Generator<Buffer, void> {
  const bytes = Buffer.from(file);
  for (let at = 0; at < bytes.length || at === 0; at += size) yield bytes.subarray(at, at + size);
}

/** CSV with a header and `count` rows of people who do not exist. */
export function people(count: number, { from = 0 } = {}): string {
  const rows = Array.from({ length: count }, (_, i) => {
    const n = from + i;
    const exchange = 200 + (Math.floor(n / 10_000) % 700);
    return `C-${n},Ada,Novak ${n},+1212${exchange}${String(n % 10_000).padStart(4, "0")},ada.${n}@example.com,10001,US,${n % 100}.50`;
  });
  return ["Client ID,First Name,Last Name,Mobile,Email,Zip,Country,Balance", ...rows, ""].join("\n");
}
