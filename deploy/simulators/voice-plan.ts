/** Plans what a simulated call will do, before it is placed: from the seed, the number and how often it was called before. */
import { createHash } from "node:crypto";
import { CallResult } from "../../gen/herald/common/v1/outcome.ts";

export interface CallPlan {
  /** From originate to the first ring; undefined when it never rings. */
  ringAfterMs: number | undefined;
  /** When a person answers; undefined when nobody does. */
  answerAfterMs: number | undefined;
  /** When and how a call ends that nobody answers. */
  end: { afterMs: number; callResult: CallResult; sipCode: number; q850Cause: number } | undefined;
  /** A person who has answered waits this long for an agent. */
  patienceMs: number;
}

interface Kind {
  share: number;
  callResult: CallResult;
  sipCode: number;
  q850Cause: number;
  /** Seconds until it is over, from and to. */
  seconds: [number, number];
  rings: boolean;
}

const R = CallResult;

/** What becomes of calls that no person answers, in percent. The ring timeout decides when nobody answers. */
const UNANSWERED: readonly Kind[] = [
  {
    share: 25,
    callResult: R.CALL_RESULT_ANSWERING_MACHINE_DETECTED,
    sipCode: 200,
    q850Cause: 16,
    seconds: [11, 27],
    rings: true,
  },
  { share: 11, callResult: R.CALL_RESULT_BUSY, sipCode: 486, q850Cause: 17, seconds: [2, 2], rings: false },
  { share: 2, callResult: R.CALL_RESULT_SIT_VACANT_CODE, sipCode: 404, q850Cause: 1, seconds: [2, 2], rings: false },
  {
    share: 1,
    callResult: R.CALL_RESULT_SIT_INVALID_NUMBER,
    sipCode: 484,
    q850Cause: 28,
    seconds: [1, 1],
    rings: false,
  },
  { share: 1, callResult: R.CALL_RESULT_FAX_DETECTED, sipCode: 200, q850Cause: 16, seconds: [6, 9], rings: true },
  {
    share: 60,
    callResult: R.CALL_RESULT_NO_ANSWER,
    sipCode: 487,
    q850Cause: 19,
    seconds: [Infinity, Infinity],
    rings: true,
  },
];

const RING_MS: [number, number] = [500, 2_000];

/** The plan of one call. `chance` gives numbers from 0 up to 1. */
export function planCall(
  chance: () => number,
  { liveShare, ringTimeoutSeconds }: { liveShare: number; ringTimeoutSeconds: number },
): CallPlan {
  const ringAfterMs = between(RING_MS, chance);
  const patienceMs = between([8_000, 40_000], chance);
  const timeoutMs = ringTimeoutSeconds * 1_000;
  if (chance() < liveShare) {
    const answerAfterMs = between([4_000, 18_000], chance);
    if (answerAfterMs < timeoutMs) return { ringAfterMs, answerAfterMs, end: undefined, patienceMs };
    return { ringAfterMs, answerAfterMs: undefined, end: noAnswer(timeoutMs), patienceMs };
  }
  const kind = pick(UNANSWERED, chance() * 100);
  const afterMs = between([kind.seconds[0] * 1_000, kind.seconds[1] * 1_000], chance);
  const end =
    afterMs < timeoutMs
      ? { afterMs, callResult: kind.callResult, sipCode: kind.sipCode, q850Cause: kind.q850Cause }
      : noAnswer(timeoutMs);
  return { ringAfterMs: kind.rings ? ringAfterMs : undefined, answerAfterMs: undefined, end, patienceMs };
}

/** Numbers from 0 up to 1, the same for the same words. */
export function chanceOf(...words: readonly (string | number)[]): () => number {
  const bytes = createHash("sha256").update(words.join("\n")).digest();
  let at = 0;
  return () => bytes.readUInt32BE((at++ % 8) * 4) / 2 ** 32;
}

const noAnswer = (afterMs: number) => ({ afterMs, callResult: R.CALL_RESULT_NO_ANSWER, sipCode: 487, q850Cause: 19 });

const between = ([from, to]: [number, number], chance: () => number) =>
  Number.isFinite(from) ? from + (to - from) * chance() : from;

function pick(kinds: readonly Kind[], point: number): Kind {
  let sum = 0;
  for (const kind of kinds) if ((sum += kind.share) > point) return kind;
  return kinds.at(-1) as Kind;
}
