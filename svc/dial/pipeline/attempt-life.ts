/**
 * The life of an attempt, for every source of work and every channel:
 *
 *   source/    A source hands out work: a person to reach, and the id of the attempt.
 *   prepare/   The attempt is prepared: device, sender, message.
 *   permit/    Compliance permits or refuses it. A permit that grows old before anything is sent is renewed.
 *   send/      The intent is stored, once. Only the dialer that stored it hands the attempt to the provider.
 *   settle/    The result is stored, with the reports to other services in the same transaction.
 *
 * Work that fails before the intent goes back to its source (source/return-work.ts). During its life an attempt holds a turn: a slot at
 * the provider and a share of the pace (pace/). `liveThrough` runs that life, and is the only place that frees turns. A run
 * (message-run.ts, voice/voice-run.ts) decides how many turns there are.
 */
import type { SessionSettings } from "../sessions/session-settings.ts";
import type { Turn } from "./pace/turn.ts";
import { permitAttempts } from "./permit/permit.ts";
import type { Compliance } from "./permit/compliance.ts";
import { prepareAttempts, type PrepareDeps } from "./prepare/prepare.ts";
import { type BegunAttempt, type IntentDeps, writeIntents } from "./send/intents.ts";
import { type ReturnDeps, returnReason, returnWork } from "./source/return-work.ts";
import type { Work, WorkSource } from "./source/work-source.ts";

export interface LifeDeps extends PrepareDeps, IntentDeps, ReturnDeps {
  compliance: Compliance;
}

/** Attempts that begin together, since beginning one costs as much as beginning many. */
export interface AttemptBatch {
  turns: readonly Turn[];
  /** At most one piece of work for each turn. Turns without work are freed at once. */
  works: readonly Work[];
  /** Takes the work up to the intent. Work that is missing from the answer has no attempt. */
  begin: (works: readonly Work[]) => Promise<readonly BegunAttempt[]>;
  /** Takes an attempt from the intent to its end, or as far as it needs a turn. */
  finish: (begun: BegunAttempt) => Promise<void>;
}

/** Runs the lives of a batch. `begun` resolves when all intents are stored, `over` when all lives are over. */
export function liveThrough({ turns, works, begin, finish }: AttemptBatch): {
  begun: Promise<void>;
  over: Promise<void>;
} {
  const begun = (works.length > 0 ? begin(works) : Promise.resolve([])).then(
    (attempts) => new Map(attempts.map((one) => [one.attempt.id, one])),
  );
  const live = (turn: Turn, work: Work | undefined) =>
    withTurn(turn, async () => {
      const one = work && (await begun).get(work.attemptId);
      if (!one) return;
      turn.spend();
      await finish(one);
    });
  const lives = turns.map((turn, i) => live(turn, works[i]));
  return { begun: begun.then(() => {}), over: Promise.all(lives).then(() => {}) };
}

/** Frees a turn when the life that needs it is over, also after an error. */
export async function withTurn<T>(turn: Disposable, life: () => Promise<T>): Promise<T> {
  try {
    return await life();
  } finally {
    turn[Symbol.dispose]();
  }
}

/**
 * Takes work up to stored intents. Returns the work to its source before it throws ComplianceUnavailableError, UnusableContentError or
 * SenderRefusedError. Begins nothing when `mayBegin` says no.
 */
export async function beginAttempts(
  deps: LifeDeps,
  source: WorkSource,
  works: readonly Work[],
  settings: SessionSettings,
  mayBegin: () => boolean,
): Promise<BegunAttempt[]> {
  try {
    const prepared = await prepareAttempts(deps, works, settings);
    const permitted = await permitAttempts(deps.compliance, settings.tenantId, prepared);
    if (mayBegin()) return await writeIntents(deps, source, permitted, settings);
  } catch (error) {
    await returnWork(deps, source, works, settings, returnReason(error));
    throw error;
  }
  await returnWork(deps, source, works, settings, "session closed");
  return [];
}
