/** Compares dial's sessions and compliance's campaign states with the states of the groups, and corrects the differences. */
import type { AttemptCheckServiceDefinition } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import { SessionState } from "../../../gen/herald/dial/v1/session.ts";
import type { SessionServiceDefinition } from "../../../gen/herald/dial/v1/session_service.ts";
import { inBatches } from "../../lib/async/batch.ts";
import type { Calls } from "../../lib/client/client.ts";
import type { Database } from "../../lib/postgres/db.ts";
import type { Events } from "../events.ts";
import { findGroups } from "../groups/group-store.ts";
import { runningGroups, syncAgain, tenantsAtWork } from "./state-sync-store.ts";

export interface ReconcilerDeps {
  db: Database;
  checks: Calls<AttemptCheckServiceDefinition>;
  sessions: Calls<SessionServiceDefinition>;
  events: Events;
  timeoutMs: number;
}

const TENANTS_AT_ONCE = 200;
const STATES_AT_ONCE = 1_000;
const SESSIONS_AT_ONCE = 500;

/** Goes once through every tenant with an active group. Returns true if something must be synced again. */
export async function reconcile(deps: ReconcilerDeps, signal: AbortSignal): Promise<boolean> {
  let different = false;
  for (let after: string | undefined; !signal.aborted;) {
    const tenants = await tenantsAtWork(deps.db.everyTenant(), after, TENANTS_AT_ONCE);
    for (const tenantId of tenants) different = (await reconcileTenant(deps, tenantId)) || different;
    if (tenants.length < TENANTS_AT_ONCE) break;
    after = tenants.at(-1);
  }
  return different;
}

async function reconcileTenant(deps: ReconcilerDeps, tenantId: string): Promise<boolean> {
  const { db, events } = deps;
  const open = await openSessions(deps, tenantId);
  const running = await runningGroups(db.tenant(tenantId));
  await syncStates(deps, tenantId, running);
  const runningIds = new Set(running.map((group) => group.id));
  const missing = running.filter((group) => group.isSynced && !open.has(group.id)).map((group) => group.id);
  const extra = [...open].filter((id) => !runningIds.has(id));
  if (missing.length + extra.length === 0) return false;
  await syncAgain(db.tenant(tenantId), [...missing, ...extra]);
  await closeForgotten(deps, tenantId, extra);
  events.reconciled({ tenantId, opened: missing.length, closed: extra.length });
  return true;
}

/** Only running groups matter: attempts of a group that compliance does not know are refused anyway, and an older version changes nothing. */
async function syncStates(
  { checks, timeoutMs }: ReconcilerDeps,
  tenantId: string,
  running: readonly { id: string; version: number }[],
): Promise<void> {
  for await (const batch of inBatches(running, STATES_AT_ONCE)) {
    const campaignStates = batch.map(({ id, version }) => ({ campaignGroupId: id, running: true, version }));
    await checks.setCampaignStates({ campaignStates }, { tenantId, timeoutMs });
  }
}

async function openSessions({ sessions, timeoutMs }: ReconcilerDeps, tenantId: string): Promise<Set<string>> {
  const open = new Set<string>();
  let pageToken = "";
  do {
    const page = await sessions.listSessions({ pageSize: SESSIONS_AT_ONCE, pageToken }, { tenantId, timeoutMs });
    for (const session of page.sessions)
      if (session.state === SessionState.SESSION_STATE_OPEN) open.add(session.campaignGroupId);
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  return open;
}

/** Nothing else closes the sessions of deleted groups. */
async function closeForgotten(
  { db, sessions, timeoutMs }: ReconcilerDeps,
  tenantId: string,
  extra: readonly string[],
): Promise<void> {
  if (extra.length === 0) return;
  const known = new Set((await findGroups(db.tenant(tenantId), extra)).map((group) => group.shown.id));
  for (const campaignGroupId of extra)
    if (!known.has(campaignGroupId)) await sessions.closeSession({ campaignGroupId }, { tenantId, timeoutMs });
}
