/** Computes the progress of a group from its counts. */
import type { CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { Progress } from "../../../gen/herald/campaigns/v1/progress.ts";
import type { CallScope } from "../../lib/client/client.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { Lane } from "../queue/chain.ts";
import { type Counts, readCounts, readWaits, type WaitSum } from "./count-store.ts";
import type { Group } from "../groups/group-rows.ts";
import { nextDue } from "../queue/lease-store.ts";
import type { ViewSession } from "./session-view.ts";
import { type SessionView, type Situation, stallsOf } from "./stalls.ts";

export interface ProgressDeps {
  db: Database;
  viewSession: ViewSession;
}

/** Reads a group and its progress at the same moment. */
export async function readProgress(
  { db, viewSession }: ProgressDeps,
  group: Group,
  scope: CallScope,
  now: Date,
): Promise<{ campaignGroup: CampaignGroup; progress: Progress }> {
  const { tenantId, shown } = group;
  const session = await viewSession(group, scope);
  const [counts, waits, next] = await db.transaction(
    tenantId,
    async (tx) => [
      await readCounts(tx, shown.id, now),
      await readWaits(tx, shown.id, now),
      await nextDue(tx, shown.id, [Lane.AGAIN, Lane.FRESH]),
    ],
    { isolation: "repeatable read" },
  );
  // A run that is being removed is no longer shown.
  const told = group.queueCleared ? { counts, waits, next } : { counts: {}, waits: [], next: undefined };
  return { campaignGroup: shown, progress: toProgress(group, told, session, now) };
}

/** Chains that are not closed. */
export const openChains = (counts: Counts): number =>
  chainCount(counts, "due") - chainCount(counts, "finished") - chainCount(counts, "stale");

interface ProgressReading {
  counts: Counts;
  waits: WaitSum[];
  next: Date | undefined;
}

/** Makes the progress that callers see. Pure. */
function toProgress(group: Group, { counts, waits, next }: ProgressReading, session: SessionView, now: Date): Progress {
  const count = (name: string) => chainCount(counts, name);
  const attemptsLastMinute = Object.values(counts["began"] ?? {}).reduce((sum, n) => sum + n, 0);
  const situation: Situation = {
    state: group.shown.state,
    startWhenLoaded: group.startWhenLoaded,
    lists: group.shown.contactListIds.length,
    listsLoaded: group.loadedListIds.length,
    loadProblem: group.loadProblem,
    due: count("due"),
    open: openChains(counts),
    inFlight: count("in_flight"),
    attemptsLastMinute,
    nextDue: next,
    waits,
    stopReason: group.shown.stopReason,
    updateTime: group.shown.updateTime ?? now,
    session,
    syncProblem: group.syncProblem,
    untold: group.mayDial && group.syncedVersion < group.version,
  };
  return {
    due: count("due"),
    attempted: count("attempted"),
    refused: count("refused"),
    waiting: count("waiting"),
    waitingForLater: waits.filter((wait) => !wait.attempted).reduce((sum, wait) => sum + wait.count, 0),
    inFlight: count("in_flight"),
    finished: count("finished"),
    stale: count("stale"),
    attempts: count("attempts"),
    attemptsByResult: { ...counts["result"] },
    refusalsByReason: { ...counts["refusal"] },
    refusedByReason: { ...counts["refused"] },
    leftOutByReason: { ...counts["left_out"] },
    chainsToPlan: group.chainsToPlan,
    duplicateDevices: counts["cut"]?.["duplicate_device"] ?? 0,
    attemptsLastMinute,
    nextDueTime: next && next > now ? next : undefined,
    stalls: stallsOf(situation, now),
  };
}

const chainCount = (counts: Counts, name: string): number => counts["chains"]?.[name] ?? 0;
