/**
 * Stores the intent of each attempt before anything is sent, and the refusals. Only the dialer that inserted an intent sends it. An attempt
 * that any dialer began before is reported again, and not made again.
 */
import type { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import type { Database, TenantQueryable } from "../../../lib/postgres/db.ts";
import type { Now } from "../../../lib/async/time.ts";
import { toKnown } from "../../attempts/attempt-rows.ts";
import { repeatedRefusals } from "../../attempts/refusal-store.ts";
import { findAttempts, insertAttempts } from "../../attempts/attempt-store.ts";
import type { Events } from "../../events.ts";
import { knownReport, refusedInteraction, refusedReport } from "../../publishing/reports.ts";
import type { Publishing } from "../../publishing/publishing.ts";
import type { SessionSettings } from "../../sessions/session-settings.ts";
import type { Attempt } from "../../attempts/attempt.ts";
import type { Permit, PermittedAttempt, RefusedAttempt } from "../permit/permit.ts";
import type { Results } from "../settle/results.ts";
import type { WorkSource } from "../source/work-source.ts";

/** An attempt whose intent is stored, with its permit from compliance. */
export interface BegunAttempt {
  attempt: Attempt;
  permit: Permit;
}

export interface IntentDeps {
  db: Database;
  publishing: Publishing;
  results: Results;
  events: Events;
  /** The name of this dialer and its present start: `name/incarnation`. */
  owner: string;
  now: Now;
}

/** Stores all intents and refusals together. Gives the attempts that the caller, and nobody else, must make now. */
export async function writeIntents(
  deps: IntentDeps,
  source: WorkSource,
  permitted: readonly (PermittedAttempt | RefusedAttempt)[],
  { tenantId, channel }: SessionSettings,
): Promise<BegunAttempt[]> {
  // Work whose lease was lost belongs to another dialer, under the same id, so its count in compliance stays.
  const ours = permitted.filter(({ attempt }) => source.holds(attempt.id));
  const { fresh, repeated } = ours.length > 0 ? await write(deps, tenantId, ours) : NOTHING;
  const news = ours.filter(({ attempt }) => fresh.has(attempt.id));
  const refused = news.filter(isRefused);
  const begun = news.filter((one) => !isRefused(one));
  for (const { attempt } of begun) deps.results.begun(attempt.id);
  source.done(permitted.map(({ attempt }) => attempt.id));
  count(deps, channel, begun.length, refused);
  deps.events.refusalsRepeated(channel, repeated.size);
  return begun;
}

/** The ids of new attempts, and of refusals that are not stored since they only repeat an earlier one. */
interface WrittenIds {
  fresh: ReadonlySet<string>;
  repeated: ReadonlySet<string>;
}

const NOTHING: WrittenIds = { fresh: new Set(), repeated: new Set() };

function write(
  deps: IntentDeps,
  tenantId: string,
  rows: readonly (PermittedAttempt | RefusedAttempt)[],
): Promise<WrittenIds> {
  const now = deps.now();
  const writeAll = async (db: TenantQueryable) => {
    const repeated = await repeatedRefusals(db, rows.filter(isRefused));
    const kept = rows.filter(({ attempt }) => !repeated.has(attempt.id));
    const fresh = await insertAttempts(db, deps.owner, kept, now);
    const refused = rows.filter(isRefused).filter(({ attempt: { id } }) => fresh.has(id) || repeated.has(id));
    await putRefusals(deps, db, refused, repeated, now);
    const known = kept.flatMap(({ attempt }) => (fresh.has(attempt.id) ? [] : [attempt.id]));
    await putAgain(deps, db, known);
    return { fresh, repeated };
  };
  // Without refusals, the insert is one statement and needs no transaction. If a repeated report gets lost, it is repeated the next time.
  return rows.some(isRefused) ? deps.db.transaction(tenantId, writeAll) : writeAll(deps.db.tenant(tenantId));
}

const isRefused = (one: PermittedAttempt | RefusedAttempt): one is RefusedAttempt => one.refusal !== undefined;

function count({ events }: IntentDeps, channel: Channel, begun: number, refused: readonly RefusedAttempt[]): void {
  events.intended(channel, begun);
  events.refused(
    channel,
    refused.map(({ refusal }) => refusal),
  );
}

/** Reports every refusal to campaigns, since its chain must be due again. The history of contacts gets repeated refusals only once. */
async function putRefusals(
  { publishing }: IntentDeps,
  db: TenantQueryable,
  refused: readonly RefusedAttempt[],
  repeated: ReadonlySet<string>,
  now: Date,
): Promise<void> {
  if (refused.length === 0) return;
  await publishing.put(db, {
    reports: refused.flatMap(({ attempt, refusal }) => refusedReport(attempt, now, refusal, repeated.has(attempt.id))),
    interactions: refused
      .filter(({ attempt }) => attempt.contactInfo !== "" && !repeated.has(attempt.id))
      .map(({ attempt, refusal }) => refusedInteraction(attempt, now, refusal)),
  });
}

/** Reports attempts again whose work was handed out once more after they had begun: the source has not heard of them yet. */
async function putAgain({ publishing }: IntentDeps, db: TenantQueryable, attemptIds: readonly string[]): Promise<void> {
  if (attemptIds.length === 0) return;
  const known = await findAttempts(db, attemptIds);
  await publishing.put(db, { reports: known.flatMap((row) => knownReport(toKnown(row))) });
}
