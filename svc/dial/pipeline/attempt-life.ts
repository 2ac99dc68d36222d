/**
 * The life of an attempt, whoever asks for it and whatever carries it:
 *
 *   source/    A source hands out work: somebody to reach, and the id under which that is attempted.
 *   prepare/   The attempt is made ready: the device, the sender, the message.
 *   permit/    Compliance gives leave, or refuses; a leave that grows old before anything left is asked for again.
 *   send/      The intent is written down, once, and only who wrote it hands the attempt to the provider.
 *   settle/    What became of it is written down, and told to everybody in the same transaction.
 *
 * What fails before the intent goes back to its source (source/return-work.ts). While it lives an attempt holds its turn: room at the
 * provider and a share of the pace (pace/). `liveThrough` runs that life, and is the one place where a turn is freed. A run (message-run.ts,
 * voice/voice-run.ts) decides how many turns there are.
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

/** Attempts that are begun together, since that costs as much for one as for many. */
export interface AttemptBatch {
  turns: readonly Turn[];
  /** At most one for each turn; turns without work are free again at once. */
  works: readonly Work[];
  /** Takes the work as far as the intent. What it does not give has no attempt. */
  begin: (works: readonly Work[]) => Promise<readonly BegunAttempt[]>;
  /** From the intent to the end, or as far as a turn is needed. */
  finish: (begun: BegunAttempt) => Promise<void>;
}

/** Runs the lives of a batch. `begun` resolves when all intents are written, `over` when all lives are over. */
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

/** Frees a turn when the life that needed it is over, whatever its end. */
export async function withTurn<T>(turn: Disposable, life: () => Promise<T>): Promise<T> {
  try {
    return await life();
  } finally {
    turn[Symbol.dispose]();
  }
}

/**
 * Takes work as far as durable intents. Throws ComplianceUnavailable, UnusableContentError or SenderRefusedError, having given the work back.
 * Begins nothing once `mayBegin` says no.
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
