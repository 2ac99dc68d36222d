/**
 * From leased records to attempts that may leave: the message is made, compliance is asked, and the intent is durable. What is
 * refused on the way is kept and told; what was begun before, by whomever, is told again and not made again.
 */
import type { AttemptCheck } from "../../../../gen/herald/compliance/v1/attempt_check.ts";
import type { Decision } from "../../../../gen/herald/compliance/v1/decision.ts";
import type { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import type { Database, Queryable } from "../../../lib/postgres/db.ts";
import { isConnectionFault } from "../../../lib/errors/faults.ts";
import { backoffMs, type Now, pause } from "../../../lib/async/time.ts";
import { type Attempt, checkOf, type Leased, planAttempt, type Refusal } from "../../attempts/attempt.ts";
import { toKnown } from "../../attempts/attempt-rows.ts";
import { findAttempts, insertAttempts, type NewAttempt, removeIntents } from "../../attempts/attempt-store.ts";
import type { Compliance } from "../permit/compliance.ts";
import type { Events } from "../../events.ts";
import type { Leases } from "../work/campaign-work.ts";
import { Permit, refusalOf } from "../permit/permit.ts";
import { knownReport, notMade, refusedInteraction, refusedReport, returnedReport } from "../../publishing/reports.ts";
import { ContentUnusable, type RenderAll } from "../../rendering/renderer.ts";
import { SenderRefused, type SenderClaims } from "../../senders/sender-claims.ts";
import type { SessionSettings } from "../../sessions/session-settings.ts";
import type { Publishing } from "../../publishing/publishing.ts";

export interface MakerDeps {
  db: Database;
  checks: Compliance;
  render: RenderAll;
  publishing: Publishing;
  claims: SenderClaims;
  events: Events;
  /** This dialer, in this incarnation. */
  owner: string;
  /** Attempts of this process from their intent until their result is written. */
  underway: Set<string>;
  /** Aborts when the process ends. */
  stopping: AbortSignal;
  now: Now;
}

/** An attempt whose intent is durable, with compliance's leave to make it. */
export interface BegunAttempt {
  attempt: Attempt;
  permit: Permit;
}

/**
 * Makes attempts of one session's leases. Throws ComplianceUnavailable, ContentUnusable or SenderRefused, having given the leases back.
 * Makes none once `mayBegin` says no.
 */
export async function makeAttempts(
  deps: MakerDeps,
  leases: Leases,
  taken: readonly Leased[],
  settings: SessionSettings,
  mayBegin: () => boolean,
): Promise<BegunAttempt[]> {
  const planned = taken.map((leased) => plan(leased, settings));
  try {
    await checkSender(deps, settings);
    await addMessages(deps, planned, settings);
  } catch (error) {
    await giveBack(deps, leases, planned, returnReason(error));
    throw error;
  }
  const asked = planned.filter(({ check }) => check !== undefined);
  const askedAtMs = performance.now();
  let decisions: Decision[];
  try {
    decisions =
      asked.length > 0
        ? await deps.checks.check(
            settings.tenantId,
            asked.flatMap(({ check }) => check ?? []),
          )
        : [];
  } catch (error) {
    await giveBack(deps, leases, planned, "compliance does not answer");
    throw error;
  }
  asked.forEach((one, i) => (one.refusal = refusalOf(decisions[i])));
  if (!mayBegin()) {
    await giveBack(deps, leases, planned, "session closed");
    return [];
  }
  // What was lost meanwhile is another dialer's, under the same id: its count stays.
  const ours = planned.filter(({ attempt }) => leases.holds(attempt.id));
  try {
    const made = await writeDown(deps, settings, ours);
    leases.done(taken.map(({ lease }) => lease.attemptId));
    return made.map(({ attempt, check }) => ({
      attempt,
      permit: new Permit(deps.checks, settings.tenantId, check, askedAtMs),
    }));
  } catch (error) {
    await forgetUnsure(deps, settings.tenantId, ours);
    await giveBack(deps, leases, planned, "the database was away");
    throw error;
  }
}

const returnReason = (error: unknown) =>
  error instanceof ContentUnusable
    ? "content unusable"
    : error instanceof SenderRefused
      ? "the sender is another tenant's"
      : "nothing renders";

/** The session may have been opened before its sender was claimed. */
async function checkSender({ claims }: MakerDeps, settings: SessionSettings): Promise<void> {
  const sender = await claims.ownSender(settings.tenantId, settings.channel, settings.ownAddress);
  const refusal = sender ? await claims.refusal(settings.tenantId, sender, settings.groupId) : "";
  if (refusal !== "") throw new SenderRefused(refusal);
}

/** The write may or may not have happened: makes sure that it has not, however long the database is away. Nothing of it was sent. */
async function forgetUnsure(deps: MakerDeps, tenantId: string, rows: readonly Planned[]): Promise<void> {
  const ids = rows.map(({ attempt }) => attempt.id).filter((id) => !deps.underway.has(id));
  for (let attempt = 1; ; attempt++) {
    try {
      return void (await removeIntents(deps.db.tenant(tenantId), tenantId, deps.owner, ids));
    } catch (error) {
      if (!isConnectionFault(error) || deps.stopping.aborted) throw error;
      await pause(backoffMs(attempt, { baseMs: 100, mostMs: 5_000 }), deps.stopping);
    }
  }
}

interface Planned extends NewAttempt {
  record: Leased["record"];
  /** Absent where the refusal is known without asking. */
  check: AttemptCheck | undefined;
}

type Made = Pick<BegunAttempt, "attempt"> & { check: AttemptCheck };

function plan(leased: Leased, settings: SessionSettings): Planned {
  const { attempt, device, refused } = planAttempt(leased, settings);
  const { record } = leased;
  if (!record || !device) return { attempt, record, refusal: never(refused), check: undefined };
  return { attempt, record, refusal: undefined, check: checkOf(attempt, record, device, settings) };
}

/** Puts in what each is sent; refuses those for whom there is no message. */
async function addMessages({ render }: MakerDeps, planned: readonly Planned[], settings: SessionSettings) {
  if (!settings.content) return;
  const each = planned.flatMap((one) => (one.record && one.check ? [{ one, record: one.record }] : []));
  if (each.length === 0) return;
  const rendered = await render(
    settings,
    each.map(({ record }) => record),
  );
  each.forEach(({ one }, i) => {
    const made = rendered[i];
    if (made && "message" in made) one.attempt = { ...one.attempt, message: made.message };
    else Object.assign(one, { refusal: never("content_invalid"), check: undefined });
  });
}

const never = (reason: string): Refusal => ({ reason, ruleId: "", earliestTime: undefined });

/** Writes all of them in one go; gives those that are to be made. */
async function writeDown(deps: MakerDeps, settings: SessionSettings, rows: readonly Planned[]): Promise<Made[]> {
  if (rows.length === 0) return [];
  const { tenantId, channel } = settings;
  const now = deps.now();
  const refused = rows.filter(({ refusal }) => refusal);
  const write = async (db: Queryable) => {
    const fresh = await insertAttempts(db, tenantId, deps.owner, rows, now);
    await tellRefusals(
      deps,
      db,
      tenantId,
      refused.filter(({ attempt }) => fresh.has(attempt.id)),
      now,
    );
    await tellAgain(
      deps,
      db,
      tenantId,
      rows.flatMap(({ attempt }) => (fresh.has(attempt.id) ? [] : [attempt.id])),
    );
    return fresh;
  };
  // Without refusals one statement does it, and needs no transaction around it; what is told again is told again next time too.
  const fresh = refused.length > 0 ? await deps.db.transaction(tenantId, write) : await write(deps.db.tenant(tenantId));
  for (const { attempt, refusal } of rows) if (!refusal && fresh.has(attempt.id)) deps.underway.add(attempt.id);
  if (refused.length > 0 || fresh.size < rows.length) deps.publishing.nudge();
  return counted(deps, channel, rows, fresh);
}

function counted(deps: MakerDeps, channel: Channel, rows: readonly Planned[], fresh: ReadonlySet<string>): Made[] {
  const news = rows.filter(({ attempt }) => fresh.has(attempt.id));
  const made = news.flatMap(({ attempt, check, refusal }) => (check && !refusal ? [{ attempt, check }] : []));
  deps.events.intended(channel, made.length);
  deps.events.refused(
    channel,
    news.flatMap(({ refusal }) => refusal ?? []),
  );
  return made;
}

async function tellRefusals(
  deps: MakerDeps,
  db: Queryable,
  tenantId: string,
  refused: readonly NewAttempt[],
  now: Date,
): Promise<void> {
  if (refused.length === 0) return;
  const each = refused.flatMap(({ attempt, refusal }) => (refusal ? [{ attempt, refusal }] : []));
  await deps.publishing.put(db, tenantId, {
    reports: each.map(({ attempt, refusal }) => refusedReport(attempt, now, refusal)),
    interactions: each
      .filter(({ attempt }) => attempt.contactInfo !== "")
      .map(({ attempt, refusal }) => refusedInteraction(attempt, now, refusal)),
  });
}

/** A lease that came back after its attempt was begun: campaigns has not heard of it yet. */
async function tellAgain(
  deps: MakerDeps,
  db: Queryable,
  tenantId: string,
  attemptIds: readonly string[],
): Promise<void> {
  if (attemptIds.length === 0) return;
  const known = await findAttempts(db, tenantId, attemptIds);
  await deps.publishing.put(db, tenantId, { reports: known.map((row) => knownReport(toKnown(row))) });
}

/** Gives leases back, and their counts: compliance may have allowed them, whether or not we heard it. */
async function giveBack(deps: MakerDeps, leases: Leases, planned: readonly Planned[], reason: string): Promise<void> {
  const { tenantId } = planned[0]?.attempt ?? { tenantId: "" };
  const now = deps.now();
  const asked = planned.filter(({ check }) => check);
  leases.done(planned.map(({ attempt }) => attempt.id));
  deps.events.returned(reason, planned.length);
  await deps.publishing.put(deps.db.tenant(tenantId), tenantId, {
    reports: planned.map(({ attempt }) => returnedReport(attempt, now, reason)),
    outcomes: asked.map(({ attempt }) => notMade(attempt.id, now)),
  });
  deps.publishing.nudge();
}
