/** Returns work of which nothing was sent, from any step. It is due again, and compliance no longer counts it. */
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
import { ComplianceUnavailableError } from "../permit/compliance.ts";
import type { Results } from "../settle/results.ts";
import type { Work, WorkSource } from "./work-source.ts";

export interface ReturnDeps {
  db: Database;
  publishing: Publishing;
  results: Results;
  events: Events;
  /** The name of this dialer and its present start: `name/incarnation`. */
  owner: string;
  /** Aborts when the process ends. */
  stopping: AbortSignal;
  now: Now;
}

const BACK_OFF = { baseMs: 100, mostMs: 5_000 };

/**
 * Gives work back, and waits for the database as long as that takes: meanwhile the source keeps it for us, so that nobody else begins it.
 * An intent may or may not have been stored; afterwards it is gone. An attempt that any dialer began before is no longer work, and stays
 * as it is.
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
        // An attempt that is under way here was sent already. Its work came again because the lease ran out.
        const idle = ids.filter((id) => !deps.results.isUnderway(id));
        await removeIntents(tx, deps.owner, idle);
        const begun = new Set((await findAttempts(tx, idle)).map(({ id }) => id));
        // Work whose lease was lost belongs to another dialer, under the same id, so its count in compliance stays.
        const ours = new Set(idle.filter((id) => !begun.has(id) && source.holds(id)));
        const at = deps.now();
        const returned = works.filter(({ attemptId }) => ours.has(attemptId));
        await deps.publishing.put(tx, {
          reports: returned.flatMap(({ attemptId, origin }) =>
            returnedReport({ tenantId, id: attemptId, origin, channel }, at, reason),
          ),
          // Compliance may have allowed and counted them, even if its answer did not reach us.
          outcomes: returned.map(({ attemptId: id, origin }) => notMade({ id, origin }, at)),
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

/** Why work is returned, for people and metrics. */
export function returnReason(error: unknown): string {
  if (error instanceof UnusableContentError) return "content unusable";
  if (error instanceof SenderRefusedError) return "the sender is another tenant's";
  if (error instanceof ComplianceUnavailableError) return "compliance does not answer";
  return isConnectionFault(error) ? "the database was away" : "the dialer failed";
}
