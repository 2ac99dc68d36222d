/** The metrics of an outbox. */
import type { Metrics } from "../observe/metrics.ts";

export type OutboxMetrics = ReturnType<typeof createOutboxMetrics>;

export const createOutboxMetrics = (metrics: Metrics) => ({
  delivered: metrics.counter("herald_outbox_delivered_total", "Messages delivered to other services.", ["topic"]),
  failed: metrics.counter("herald_outbox_failed_total", "Deliveries that failed and will be tried again.", ["topic"]),
  setAside: metrics.counter(
    "herald_outbox_set_aside_total",
    "Messages that their receiver refused again and again; they are kept until somebody looks at them.",
    ["topic"],
  ),
});
