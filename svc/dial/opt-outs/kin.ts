/**
 * Looks for the other devices of people who said no: `contacts` knows their numbers and addresses, `lists` the records with the same
 * device or client id. What the person wrote from, and the client that was written to, are suppressed before; this adds the rest.
 */
import type { ContactServiceDefinition } from "../../../gen/herald/contacts/v1/contact_service.ts";
import type { OptOut } from "../../../gen/herald/dial/v1/opt_out.ts";
import type { RecordServiceDefinition } from "../../../gen/herald/lists/v1/record_service.ts";
import { forEachConcurrently } from "../../lib/async/batch.ts";
import type { Now } from "../../lib/async/time.ts";
import type { Calls, CallScope } from "../../lib/client/client.ts";
import type { Database } from "../../lib/postgres/db.ts";
import type { Events } from "../events.ts";
import type { Publishing } from "../publishing/publishing.ts";
import { addKin, claimKinDue } from "./opt-out-store.ts";
import { programName } from "./opt-outs.ts";
import { suppresses } from "./suppresses.ts";

export interface KinDeps {
  db: Database;
  publishing: Publishing;
  contacts: Calls<ContactServiceDefinition>;
  records: Calls<RecordServiceDefinition>;
  events: Events;
  now: Now;
}

type Kin = Pick<OptOut, "contactInfos" | "clientIds">;

const AT_ONCE = 20;
const ASKED_AT_ONCE = 4;
const ASK_MS = 20_000;
const AGAIN_MS = 30_000;
/** FindKin takes so many, and an opt-out keeps so many. */
const MOST_ASKED = 100;
const MOST_KEPT = 1_000;

/** Takes up to twenty that are due, and gives whether there may be more. What is not answered is asked again, later each time. */
export async function findDueKin(deps: KinDeps): Promise<boolean> {
  const now = deps.now();
  const again = new Date(now.getTime() + AGAIN_MS);
  const due = await claimKinDue(deps.db.everyTenant(), { now, again, limit: AT_ONCE });
  await forEachConcurrently(due, ASKED_AT_ONCE, async ({ tenantId, optOut }) => {
    try {
      await suppressKin(deps, tenantId, optOut);
    } catch (error) {
      deps.events.kinUnknown(tenantId, optOut.id, error);
    }
  });
  return due.length === AT_ONCE;
}

async function suppressKin({ db, publishing, contacts, records, now }: KinDeps, tenantId: string, optOut: OptOut) {
  const scope = { tenantId, timeoutMs: ASK_MS };
  const heard = joined([optOut, await knownToContacts(contacts, optOut, scope)]);
  const contactInfos = heard.contactInfos.slice(0, MOST_ASKED);
  const clientIds = heard.clientIds.slice(0, MOST_ASKED);
  const kin = joined([heard, await records.findKin({ contactInfos, clientIds }, scope)]);
  await db.transaction(tenantId, async (tx) => {
    if (!(await addKin(tx, optOut.id, kin))) return;
    if (kin.contactInfos.length + kin.clientIds.length === optOut.contactInfos.length + optOut.clientIds.length) return;
    const change = suppresses({ ...optOut, ...kin }, await programName(tx, optOut, now()));
    await publishing.put(tx, { optOuts: [change] });
  });
}

/** The contacts that have the number or address, or the client id; a number in another form may be found too. */
async function knownToContacts(
  contacts: KinDeps["contacts"],
  { contactInfos, clientId }: OptOut,
  scope: CallScope,
): Promise<Kin> {
  const kin: Kin[] = [];
  for (const query of [...contactInfos.slice(0, MOST_ASKED), ...(clientId === "" ? [] : [clientId])]) {
    const found = await contacts.searchContacts({ query, exact: true, pageSize: 20, pageToken: "" }, scope);
    for (const contact of found.contacts) {
      const values = contact.identities.map(({ value }) => value);
      if (!values.includes(query) && contact.clientId !== query) continue;
      kin.push({ contactInfos: values, clientIds: contact.clientId === "" ? [] : [contact.clientId] });
    }
  }
  return joined(kin);
}

const joined = (all: readonly Kin[]): Kin => ({
  contactInfos: distinct(all.flatMap(({ contactInfos }) => contactInfos)),
  clientIds: distinct(all.flatMap(({ clientIds }) => clientIds)),
});

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].slice(0, MOST_KEPT);
