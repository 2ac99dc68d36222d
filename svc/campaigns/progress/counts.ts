/** What a chain adds to its group's counts. Counts are kept by adding what changed, and equal a recount at any moment. Pure. */
import { RecordStatus } from "../../../gen/herald/common/v1/record_type.ts";
import { type ChainState, Lane, type Settlement } from "../queue/chain.ts";

/**
 * A count of one group, by kind and name:
 *   `chains`    due, attempted, refused, waiting, in_flight, finished, stale, attempts
 *   `refused`   chains refused for good, by the last reason
 *   `result`    attempts by how they ended
 *   `refusal`   refusals at the moment of an attempt, by reason
 *   `left_out`  records that gave no chain, by reason
 *   `cut`       devices left out of chains that have others, by reason
 *   `began`     attempts begun, by the five seconds they began in
 */
export type CountKind = "chains" | "refused" | "result" | "refusal" | "left_out" | "cut" | "began";

/** How many seconds one `began` count covers. */
const BEGAN_SECONDS = 5;

/** The number of chains that wait for the same minute for the same reason. Chains with and without an attempt are counted separately. */
export interface Wait {
  /** The minute since 1970 in which they are due, rounded up. */
  minute: number;
  attempted: boolean;
  reason: string;
}

/** Adds up changes of one group's counts, so that a batch writes each count once. */
export class CountChanges {
  readonly #counts = new Map<string, number>();
  readonly #waits = new Map<string, { wait: Wait; by: number }>();

  add(kind: CountKind, name: string, by: number): void {
    if (by === 0) return;
    const key = `${kind} ${name}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + by);
  }

  /** Adds one chain to the counts (`by` is 1), or removes it (-1). */
  chain(chain: CountedChain, by: 1 | -1): void {
    for (const [name, count] of chainCounts(chain)) this.add("chains", name, by * count);
    const reason = refusedFor(chain);
    if (reason !== undefined) this.add("refused", reason, by);
    const wait = waitOf(chain);
    if (wait) this.#wait(wait, by);
  }

  /** Adds chains that wait for a time, or removes them. */
  waiting({ due, reason, attempted }: { due: Date; reason: string; attempted: boolean }, by: number): void {
    this.#wait({ minute: minuteOf(due), attempted, reason }, by);
  }

  /** Adds the changes that a report made to a chain. */
  settled(before: ChainState, { chain, results, refusal, began }: Settlement, now: Date): void {
    this.chain(before, -1);
    this.chain(chain, 1);
    for (const { name, by } of results) this.add("result", name, by);
    if (refusal !== undefined) this.add("refusal", refusal, 1);
    if (began) this.add("began", beganName(now), 1);
  }

  /** All changes other than zero, in a fixed order, so that two batches lock rows in the same order and cannot deadlock. */
  changes(): { kind: string; name: string; by: number }[] {
    const kept = [...this.#counts].filter(([, by]) => by !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
    return kept.map(([key, by]) => ({
      kind: key.slice(0, key.indexOf(" ")),
      name: key.slice(key.indexOf(" ") + 1),
      by,
    }));
  }

  waits(): (Wait & { by: number })[] {
    const kept = [...this.#waits].filter(([, { by }]) => by !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
    return kept.map(([, { wait, by }]) => ({ ...wait, by }));
  }

  #wait(wait: Wait, by: number): void {
    const key = `${wait.minute} ${wait.attempted} ${wait.reason}`;
    const kept = this.#waits.get(key) ?? { wait, by: 0 };
    this.#waits.set(key, { wait, by: kept.by + by });
  }
}

/** The part of a chain that matters for the counts. */
export type CountedChain = Pick<
  ChainState,
  "recordStatus" | "attempts" | "lane" | "due" | "waitsFor" | "refusalReason"
>;

/** What one chain adds to the counts of kind `chains`. */
export function chainCounts(chain: CountedChain): [string, number][] {
  const attempted = chain.attempts > 0;
  const stale = chain.recordStatus === RecordStatus.RECORD_STATUS_STALE;
  const finished = chain.lane === Lane.NONE && !stale;
  const inFlight = chain.lane === Lane.LEASED || chain.lane === Lane.IN_FLIGHT;
  return [
    ["due", 1],
    ["attempted", attempted ? 1 : 0],
    ["refused", !attempted && finished ? 1 : 0],
    ["waiting", !attempted && !finished ? 1 : 0],
    ["in_flight", inFlight ? 1 : 0],
    ["finished", finished ? 1 : 0],
    ["stale", stale ? 1 : 0],
    ["attempts", chain.attempts],
  ];
}

function refusedFor(chain: CountedChain): string | undefined {
  if (chain.attempts > 0 || chain.lane !== Lane.NONE) return undefined;
  return chain.recordStatus === RecordStatus.RECORD_STATUS_CANCELLED ? "cancelled" : chain.refusalReason;
}

/** What a chain in lane AGAIN waits for; undefined where it need not wait. */
export function waitOf(chain: CountedChain): Wait | undefined {
  if (chain.lane !== Lane.AGAIN || !chain.due || chain.waitsFor === "") return undefined;
  return { minute: minuteOf(chain.due), attempted: chain.attempts > 0, reason: chain.waitsFor };
}

/** The last minute that the database can store, in the year 6053: some suppressions end in 9999. */
const LAST_MINUTE = 2_147_483_647;
const minuteOf = (due: Date): number => Math.min(Math.ceil(due.getTime() / 60_000), LAST_MINUTE);

/** The name of the `began` count of an instant. */
export const beganName = (at: Date): string => String(Math.floor(at.getTime() / (BEGAN_SECONDS * 1_000)));
