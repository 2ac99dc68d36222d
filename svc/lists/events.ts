/** What `lists` counts and logs. */
import type { Logger } from "../lib/observe/log.ts";
import type { Metrics } from "../lib/observe/metrics.ts";
import type { RowCounts } from "./reader/result.ts";

export interface Events {
  importBegan(importId: string, contactListId: string): void;
  importSucceeded(importId: string, counts: RowCounts, seconds: number): void;
  importFailed(importId: string, why: "failed" | "cancelled" | "abandoned"): void;
  entriesAdded(count: number): void;
  rowsRemoved(kind: string, count: number): void;
}

export function listsEvents(metrics: Metrics, log: Logger): Events {
  const imports = metrics.counter("herald_lists_imports_total", "Imports that ended, by how.", ["result"]);
  const rows = metrics.counter("herald_lists_import_rows_total", "Rows of imports that succeeded.", ["result"]);
  const entries = metrics.counter(
    "herald_lists_suppression_entries_added_total",
    "Suppression entries added or replaced.",
  );
  const removed = metrics.counter("herald_lists_rows_removed_total", "Rows removed in the background.", ["kind"]);
  return {
    importBegan: (importId, contactListId) => log.info({ importId, contactListId }, "import began"),
    importSucceeded(importId, counts, seconds) {
      imports.inc({ result: "succeeded" });
      rows.inc({ result: "accepted" }, counts.accepted);
      rows.inc({ result: "rejected" }, counts.rejected);
      const perSecond = Math.round(counts.rows / Math.max(seconds, 0.001));
      log.info(
        { importId, rows: counts.rows, accepted: counts.accepted, rejected: counts.rejected, perSecond },
        "import finished",
      );
    },
    importFailed(importId, why) {
      imports.inc({ result: why });
      log.info({ importId, why }, "import ended without a change");
    },
    entriesAdded: (count) => entries.inc(count),
    rowsRemoved: (kind, count) => removed.inc({ kind }, count),
  };
}
