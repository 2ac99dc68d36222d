/**
 * Writes down what is about to be made before anything of it leaves, and what was refused. Only who inserted an intent sends it; what was begun
 * before, by whomever, is told again and not made again.
 */
import type { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import type { Database, Queryable } from "../../../lib/postgres/db.ts";
import type { Now } from "../../../lib/async/time.ts";
import { toKnown } from "../../attempts/attempt-rows.ts";
import { findAttempts, insertAttempts } from "../../attempts/attempt-store.ts";
import type { Events } from "../../events.ts";
import { knownReport, refusedInteraction, refusedReport } from "../../publishing/reports.ts";
import type { Publishing } from "../../publishing/publishing.ts";
import type { SessionSettings } from "../../sessions/session-settings.ts";
import type { Attempt } from "../../attempts/attempt.ts";
import type { Permit, PermittedAttempt, RefusedAttempt } from "../permit/permit.ts";
import type { Results } from "../settle/results.ts";
import type { WorkSource } from "../source/work-source.ts";

/** An attempt whose intent is durable, with compliance's leave to make it. */
export interface BegunAttempt {
  attempt: Attempt;
  permit: Permit;
}

export interface IntentDeps {
  db: Database;
  publishing: Publishing;
  results: Results;
  events: Events;
  /** This dialer, in this incarnation. */
  owner: string;
  now: Now;
}

/** Writes all of them in one go; gives those that are to be made, by nobody but the caller. */
export async function writeIntents(
  deps: IntentDeps,
  source: WorkSource,
  permitted: readonly (PermittedAttempt | RefusedAttempt)[],
  { tenantId, channel }: SessionSettings,
): Promise<BegunAttempt[]> {
  // What was lost meanwhile is another dialer's, under the same id: its count stays.
  const ours = permitted.filter(({ attempt }) => source.holds(attempt.id));
  const fresh = ours.length > 0 ? await write(deps, tenantId, ours) : new Set<string>();
  const news = ours.filter(({ attempt }) => fresh.has(attempt.id));
  const refused = news.filter(isRefused);
  const begun = news.filter((one) => !isRefused(one));
  for (const { attempt } of begun) deps.results.begun(attempt.id);
  source.done(permitted.map(({ attempt }) => attempt.id));
  count(deps, channel, begun.length, refused);
  return begun;
}

/** Gives the ids that were not known before. */
function write(
  deps: IntentDeps,
  tenantId: string,
  rows: readonly (PermittedAttempt | RefusedAttempt)[],
): Promise<Set<string>> {
  const now = deps.now();
  const writeAll = async (db: Queryable) => {
    const fresh = await insertAttempts(db, tenantId, deps.owner, rows, now);
    const refused = rows.filter(isRefused).filter(({ attempt }) => fresh.has(attempt.id));
    await putRefusals(deps, db, tenantId, refused, now);
    const known = rows.flatMap(({ attempt }) => (fresh.has(attempt.id) ? [] : [attempt.id]));
    await putAgain(deps, db, tenantId, known);
    return fresh;
  };
  // Without refusals one statement does it, and needs no transaction around it; what is told again is told again next time too.
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

async function putRefusals(
  { publishing }: IntentDeps,
  db: Queryable,
  tenantId: string,
  refused: readonly RefusedAttempt[],
  now: Date,
): Promise<void> {
  if (refused.length === 0) return;
  await publishing.put(db, tenantId, {
    reports: refused.flatMap(({ attempt, refusal }) => refusedReport(attempt, now, refusal)),
    interactions: refused
      .filter(({ attempt }) => attempt.contactInfo !== "")
      .map(({ attempt, refusal }) => refusedInteraction(attempt, now, refusal)),
  });
}

/** Work that came back after its attempt was begun: its source has not heard of it yet. */
async function putAgain(
  { publishing }: IntentDeps,
  db: Queryable,
  tenantId: string,
  attemptIds: readonly string[],
): Promise<void> {
  if (attemptIds.length === 0) return;
  const known = await findAttempts(db, tenantId, attemptIds);
  await publishing.put(db, tenantId, { reports: known.flatMap((row) => knownReport(toKnown(row))) });
}
