/** `ANSWERING_MACHINE_DETECTED` or `no_answer` as people read it: `Answering machine detected`. */
export function sentence(name: string): string {
  const words = name.replaceAll(/[_.]+/g, " ").trim().toLowerCase();
  const spoken = words.replaceAll(/\b(sms|id|sit|fax|pin)\b/g, (word) => acronyms[word] ?? word);
  return spoken.charAt(0).toUpperCase() + spoken.slice(1);
}

const acronyms: Readonly<Record<string, string>> = { sms: "SMS", id: "ID", sit: "SIT", pin: "PIN" };

/** Words for people that differ from the name in the contract. */
const called: Readonly<Record<string, string>> = {
  CAMPAIGN_GROUP_STATE_ACTIVE: "Loaded, not started",
  RECORD_STATUS_READY: "Waiting",
  RECORD_STATUS_RETRIEVED: "Under way",
  RECORD_STATUS_UPDATED: "Done",
  RECORD_STATUS_STALE: "Unknown fate",
  RECORD_STATUS_CHAIN_UPDATED: "Done with another number or address",
  RECORD_STATUS_CHAIN_READY: "Waiting for another round",
  ATTEMPT_STATE_INTENDED: "About to be made",
  ATTEMPT_STATE_STALE: "Unknown fate",
  STALL_REASON_RETRIES_NOT_DUE: "Waiting for the next try",
  STALL_REASON_WINDOWS_CLOSED: "Waiting for contact windows",
  STALL_REASON_CAPS_REACHED: "Waiting for attempt caps",
  STALL_REASON_ATTEMPTS_IN_PROGRESS: "Waiting for other attempts to end",
  STALL_REASON_SUPPRESSED: "Suppressed for a time",
  no_device_for_channel: "No number or address for this channel",
  duplicate_device: "Number or address is in the lists twice",
  device_invalid: "Number or address is not a valid one",
  device_gone: "Number or address is no longer in the list",
  record_gone: "Person is no longer in the list",
  content_invalid: "Message cannot be filled for the person",
  value_missing: "Value missing that the message needs",
  suppressed_device: "Number or address is suppressed",
  suppressed_client: "Person is suppressed",
  location_forbidden: "A rule forbids the place",
  outside_window: "Outside the contact window",
  attempt_cap: "Attempt cap is reached",
  attempt_in_progress: "Another attempt is in progress",
};

/** An enum value without its enum's name, or a word of the contract, as people read it: `JOB_STATE_RUNNING` → `Running`. */
export const enumLabel = (value: string, prefix: string): string =>
  called[value] ?? sentence(value.replace(prefix, ""));

/** A count as people read it; the contract's 64-bit counts are strings. */
export const figure = (count: number | string): string => Number(count).toLocaleString();

/** `1 record`, `2 records`. */
export const counted = (count: number | string, one: string, many = `${one}s`): string =>
  `${figure(count)} ${Number(count) === 1 ? one : many}`;

/** Bytes as people read them: `4.2 MB`. */
export function bytesLabel(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB"];
  const power = bytes < 1_000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  return `${(bytes / 1_000 ** power).toLocaleString(undefined, { maximumFractionDigits: 1 })} ${units[power]}`;
}

/** A length of time as people read it: `45 s`, `2 min`, `1 h 30 min`, `3 d`. */
export function durationLabel(seconds: number | string): string {
  const whole = Math.round(Number(seconds));
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), "d"],
    [Math.floor((whole % 86_400) / 3_600), "h"],
    [Math.floor((whole % 3_600) / 60), "min"],
    [whole % 60, "s"],
  ];
  const told = parts.filter(([count]) => count > 0).slice(0, 2);
  return told.length === 0 ? "0 s" : told.map(([count, unit]) => `${count} ${unit}`).join(" ");
}
