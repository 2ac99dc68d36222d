import { asFailure } from "../api/failure.ts";
import { sentence } from "./words.ts";

/** A rule for a form field that must not be empty, with a message that says what belongs there. */
export const required =
  (what: string) =>
  (value: string): string | null =>
    value.trim() === "" ? `${what} is needed.` : null;

/** The form's name of a field that the server names: `contact_list.default_region` → `defaultRegion`. */
export function formField(field: string): string {
  const [first = "", ...rest] = field.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
  const path = rest.length > 0 && resources.includes(camelCase(first)) ? rest : [first, ...rest];
  return path.map(camelCase).join(".");
}

/** Shows the wrong fields that a failed call named beside the fields of the form. */
export function showFaults(form: { setErrors: (errors: Record<string, string>) => void }, error: unknown): void {
  const faults = asFailure(error).fields.map(({ field, description }) => [formField(field), description]);
  form.setErrors(Object.fromEntries(faults) as Record<string, string>);
}

/** A field that the server names, as its label on the page: `campaign_group.content.from` → `From`. */
export function fieldLabel(field: string): string {
  const path = field.replaceAll(/\[\d+\]/g, "");
  const last = path.split(".").at(-1) ?? path;
  return labels[path] ?? labels[last] ?? sentence(last);
}

/** Labels that differ from the names of their fields. */
const labels: Readonly<Record<string, string>> = {
  contact_list_ids: "Contact lists",
  suppression_list_ids: "Suppression lists",
  rule_ids: "Compliance rules",
  html: "HTML part",
  messages_per_minute: "Messages a minute at the most",
  "campaign_group.description": "What it is for",
  "contact_list.default_region": "Country of the numbers",
  "suppression_list.channels": "Channels it holds for",
  "suppression_list.required": "Holds for every campaign",
  "suppression_list.kind": "Entries are",
  provider_id: "Provider",
  mode: "Pace",
  max_ports: "Calls in flight at the most",
  ring_timeout_seconds: "Let it ring",
  caller_id: "Number shown",
  calls_per_minute: "Calls a minute",
  lines_per_agent: "Lines for each ready agent",
  simulated_handling_seconds: "Mean handling time",
  action: "Then",
  max_count: "At most (times)",
  interval_seconds: "Wait",
  increment_seconds: "Longer each time by",
  allow_duplicates: "Contact a number or address as often as the lists hold it",
  purpose: "Why people are contacted",
  until_time: "Until",
  reason: "Why",
  call_results: "After",
  delivery_states: "After",
  treatments: "Retry rules",
};

// A request wraps the resource it writes, and the server names fields from the request on.
const resources = ["contactList", "suppressionList", "campaignGroup", "provider", "attemptPolicy"];

const camelCase = (name: string): string =>
  name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
