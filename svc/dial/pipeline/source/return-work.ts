/** The one way back for work of which nothing left, from whichever step: it is due again, and compliance counts it no more. */
import type { Database } from "../../../lib/postgres/db.ts";
import { isConnectionFault } from "../../../lib/errors/faults.ts";
import { backoffMs, type Now, pause } from "../../../lib/async/time.ts";
import { findAttempts, removeIntents } from "../../attempts/attempt-store.ts";
import type { Events } from "../../events.ts";
import { notMade, returnedReport } from "../../publishing/reports.ts";
import type { Publishing } from "../../publishing/publishing.ts";
import { UnusableContentError } from "../../rendering/renderer.ts";
import { SenderRefusedError } from "../../senders/sender-claims.ts";
import type { SessionSettings } from "../../sessions/session-settings.ts";
import { ComplianceUnavailable } from "../permit/compliance.ts";
import type { Results } from "../settle/results.ts";
import type { Work, WorkSource } from "./work-source.ts";

export interface ReturnDeps {
  db: Database;
  publishing: Publishing;
  results: Results;
  events: Events;
  /** This dialer, in this incarnation. */
  owner: string;
  /** Aborts when the process ends. */
  stopping: AbortSignal;
  now: Now;
}

const BACK_OFF = { baseMs: 100, mostMs: 5_000 };

/**
 * Gives work back, however long the database is away: until then the source keeps it for us, so that nobody else begins it. An intent may
 * or may not have been written; afterwards it is not. What was begun before, by whomever, is no work any more, and stays what it is.
 */
export async function returnWork(
  deps: ReturnDeps,
  source: WorkSource,
  works: readonly Work[],
  { tenantId, channel }: SessionSettings,
  reason: string,
): Promise<void> {
  const ids = works.map(({ attemptId }) => attemptId);
  try {
    const count = await untilConnected(deps, () =>
      deps.db.transaction(tenantId, async (tx) => {
        // What is under way here has left already, and came again since its lease had run out.
        const idle = ids.filter((id) => !deps.results.isUnderway(id));
        await removeIntents(tx, tenantId, deps.owner, idle);
        const begun = new Set((await findAttempts(tx, tenantId, idle)).map(({ id }) => id));
        // What was lost meanwhile is another dialer's, under the same id: its count stays.
        const ours = new Set(idle.filter((id) => !begun.has(id) && source.holds(id)));
        const at = deps.now();
        const returned = works.filter(({ attemptId }) => ours.has(attemptId));
        await deps.publishing.put(tx, tenantId, {
          reports: returned.flatMap(({ attemptId, origin }) =>
            returnedReport({ tenantId, id: attemptId, origin, channel }, at, reason),
          ),
          // Compliance may have allowed them, whether or not we heard it.
          outcomes: returned.map(({ attemptId }) => notMade(attemptId, at)),
        });
        return returned.length;
      }),
    );
    deps.events.returned(reason, count);
  } finally {
    source.done(ids);
  }
}

async function untilConnected<T>({ stopping }: ReturnDeps, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionFault(error) || stopping.aborted) throw error;
      await pause(backoffMs(attempt, BACK_OFF), stopping);
    }
  }
}

/** Why work goes back, for people and metrics. */
export function returnReason(error: unknown): string {
  if (error instanceof UnusableContentError) return "content unusable";
  if (error instanceof SenderRefusedError) return "the sender is another tenant's";
  if (error instanceof ComplianceUnavailable) return "compliance does not answer";
  return isConnectionFault(error) ? "the database was away" : "the dialer failed";
}
