/** One function for each event worth counting: it updates the metric and writes the log line. */
import type { Logger } from "../lib/observe/log.ts";
import type { Metrics } from "../lib/observe/metrics.ts";
import type { ChainReport } from "./queue/chain.ts";

export type Events = ReturnType<typeof createEvents>;

export function createEvents(metrics: Metrics, log: Logger) {
  const leases = metrics.counter("herald_campaigns_leases_total", "Chains leased to dialers.");
  const reports = metrics.counter(
    "herald_campaigns_reports_total",
    "Reports about attempts that changed their chain.",
    ["kind"],
  );
  const late = metrics.counter(
    "herald_campaigns_late_reports_total",
    "Reports that changed nothing because the chain had been leased again.",
  );
  const loaded = metrics.counter("herald_campaigns_loaded_chains_total", "Chains put into dial queues.");
  const leftOut = metrics.counter("herald_campaigns_left_out_total", "Records that gave no chain when loading.", [
    "reason",
  ]);
  const moves = metrics.counter("herald_campaigns_moves_total", "Changes of campaign groups' states.", ["state"]);
  const stale = metrics.counter("herald_campaigns_stale_total", "Attempts whose result never came.");
  const readingKilled = metrics.counter(
    "herald_campaigns_template_reading_killed_total",
    "Processes that were killed because a template took too much time or memory to parse.",
    ["limit"],
  );
  return {
    readingKilled(limit: "time" | "memory") {
      readingKilled.inc({ limit });
      log.warn({ limit }, "a template took too much time or memory to parse; its process was replaced");
    },
    leased: (count: number) => leases.inc(count),
    reported(settled: Readonly<Record<ChainReport["kind"], number>>, lateReports: number) {
      if (lateReports > 0) late.inc(lateReports);
      for (const [kind, count] of Object.entries(settled)) if (count > 0) reports.inc({ kind }, count);
    },
    listLoaded(fields: {
      tenantId: string;
      campaignGroupId: string;
      contactListId: string;
      chains: number;
      leftOut: Readonly<Record<string, number>>;
      ms: number;
    }) {
      loaded.inc(fields.chains);
      for (const [reason, count] of Object.entries(fields.leftOut)) leftOut.inc({ reason }, count);
      log.info(fields, "list put into the dial queue");
    },
    moved(fields: { tenantId: string; campaignGroupId: string; state: string }) {
      moves.inc({ state: fields.state });
      log.info(fields, "campaign group changed its state");
    },
    notPlanned(fields: { tenantId: string; campaignGroupId: string; error: unknown }) {
      log.warn(
        fields,
        "a queue could not be planned; chains that are tried outside their contact window will be refused and wait",
      );
    },
    gaveUp(fields: { tenantId: string; campaignGroupId: string; chains: number }) {
      stale.inc(fields.chains);
      log.warn(fields, "results never came; the outcomes of these attempts are unknown");
    },
    notSynced(fields: { tenantId: string; campaignGroupId: string; tries: number; error: unknown }) {
      log.warn(
        fields,
        "the state of a campaign group could not be synced to compliance or dial; it will be tried again",
      );
    },
    reconciled(fields: { tenantId: string; opened: number; closed: number }) {
      log.warn(fields, "dial's sessions did not match the states of the campaign groups; they were corrected");
    },
  };
}
