/** What `contacts` counts. */
import type { Metrics } from "../lib/observe/metrics.ts";

export interface Events {
  interactionsRecorded(count: number, contactsMade: number): void;
}

export function contactsEvents(metrics: Metrics): Events {
  const recorded = metrics.counter(
    "herald_contacts_interactions_recorded_total",
    "Interactions taken from other services, repeats included.",
  );
  const made = metrics.counter("herald_contacts_made_total", "Contacts that became known through interactions.");
  return {
    interactionsRecorded(count, contactsMade) {
      recorded.inc(count);
      made.inc(contactsMade);
    },
  };
}
