/** The metrics of `contacts`. */
import type { Metrics } from "../lib/observe/metrics.ts";

export interface Events {
  interactionsRecorded(count: number, contactsMade: number): void;
}

export function contactsEvents(metrics: Metrics): Events {
  const recorded = metrics.counter(
    "herald_contacts_interactions_recorded_total",
    "Interactions received from other services, including repeats.",
  );
  const made = metrics.counter("herald_contacts_made_total", "Contacts created for interactions.");
  return {
    interactionsRecorded(count, contactsMade) {
      recorded.inc(count);
      made.inc(contactsMade);
    },
  };
}
