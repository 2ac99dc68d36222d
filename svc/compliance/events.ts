/** What compliance counts and logs, one function for each thing worth knowing. */
import { RefusalReason, refusalReasonToJSON } from "../../gen/herald/compliance/v1/decision.ts";
import type { StreamEntriesResponse } from "../../gen/herald/lists/v1/suppression_list_service.ts";
import type { Logger } from "../lib/observe/log.ts";
import type { Metrics } from "../lib/observe/metrics.ts";

export type Events = ReturnType<typeof createEvents>;

const LAG_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

export function createEvents(metrics: Metrics, log: Logger) {
  const decisions = metrics.counter(
    "herald_compliance_decisions_total",
    "Decisions kept, by the reason of refusal (allowed: none).",
    ["reason"],
  );
  const repeated = metrics.counter(
    "herald_compliance_decisions_repeated_total",
    "Answers to attempts that were asked about before.",
  );
  const notReady = metrics.counter(
    "herald_compliance_not_ready_total",
    "Batches not answered because what they rest on was missing.",
    ["why"],
  );
  const entries = metrics.counter("herald_compliance_suppression_entries_total", "Suppression entries applied.", [
    "change",
  ]);
  const lag = metrics.histogram(
    "herald_compliance_suppression_lag_seconds",
    "From a change accepted by lists to its effect here.",
    [],
    LAG_BUCKETS,
  );
  const reasons = Object.fromEntries(
    Object.values(RefusalReason).map((reason) => [
      reason,
      reason === 0 ? "none" : refusalReasonToJSON(reason).replace("REFUSAL_REASON_", "").toLowerCase(),
    ]),
  );

  return {
    decided(countByReason: ReadonlyMap<RefusalReason, number>): void {
      for (const [reason, count] of countByReason) decisions.inc({ reason: reasons[reason] ?? "other" }, count);
    },

    repeated: (count: number): void => repeated.inc(count),

    refusedToAnswer(why: string): void {
      notReady.inc({ why });
      log.debug({ why }, "not ready to answer");
    },

    applied({ added, removed, acceptTime, snapshotEnd, sequence }: StreamEntriesResponse): void {
      entries.inc({ change: "added" }, added.length);
      entries.inc({ change: "removed" }, removed.length);
      if (acceptTime && added.length + removed.length > 0)
        lag.observe(Math.max(0, Date.now() - acceptTime.getTime()) / 1_000);
      if (snapshotEnd) log.info({ sequence }, "suppression snapshot is complete");
    },

    led(lead: number, how: { snapshot: boolean; restarted: boolean }): void {
      log.info({ lead, ...how }, "this process applies the suppression changes");
    },

    counterFilled(counterId: string, attempts: number, ms: number): void {
      log.info({ counterId, attempts, ms: Math.round(ms) }, "attempts counted again from the decisions");
    },

    partitionsKept(dropped: readonly string[]): void {
      if (dropped.length > 0) log.info({ dropped }, "decisions past their retention are gone");
    },
  };
}
