/** What becomes of a text message, by the last digits of its destination. Can be changed while it runs. */

/** How the message centre treats one destination. */
export type SmsOutcome =
  | "delivered"
  | "undeliverable"
  | "expired"
  | "rejected"
  /** Refused with ESME_RINVDSTADR (0x0B) when it is submitted. */
  | "invalid_destination"
  /** Refused with ESME_RSUBMITFAIL (0x45) when it is submitted. */
  | "submit_failed"
  /** ESME_RTHROTTLED (0x58) the first time, delivered after that. */
  | "throttled_once"
  /** Taken, but no receipt ever comes. */
  | "no_receipt";

export const SMS_OUTCOMES: readonly SmsOutcome[] = [
  "delivered",
  "undeliverable",
  "expired",
  "rejected",
  "invalid_destination",
  "submit_failed",
  "throttled_once",
  "no_receipt",
];

/** Numbers reserved for fiction end in 0100 to 0199, so four in a hundred have one of these endings. */
export const USUAL_ENDINGS: Readonly<Record<string, SmsOutcome>> = {
  "91": "undeliverable",
  "92": "expired",
  "93": "rejected",
  "94": "invalid_destination",
};

/** The outcome of the longest ending that fits the number; `delivered` when none does. */
export function outcomeOf(to: string, endings: Readonly<Record<string, SmsOutcome>>): SmsOutcome {
  for (let length = Math.min(to.length, 8); length > 0; length--) {
    const outcome = endings[to.slice(-length)];
    if (outcome) return outcome;
  }
  return "delivered";
}

export interface Receipt {
  stat: string;
  messageState: number;
  err: string;
}

const DELIVERED: Receipt = { stat: "DELIVRD", messageState: 2, err: "000" };

/** The receipt of each outcome; the others have none. */
export const RECEIPTS: Readonly<Partial<Record<SmsOutcome, Receipt>>> = {
  delivered: DELIVERED,
  throttled_once: DELIVERED,
  expired: { stat: "EXPIRED", messageState: 3, err: "254" },
  undeliverable: { stat: "UNDELIV", messageState: 5, err: "001" },
  rejected: { stat: "REJECTD", messageState: 8, err: "007" },
};

/** The text of a receipt, in the form that is customary among message centres. */
export function receiptText(
  messageId: string,
  { stat, err }: { stat: string; err: string },
  submitted: Date,
  done: Date,
): string {
  const delivered = stat === "DELIVRD" ? "001" : "000";
  return `id:${messageId} sub:001 dlvrd:${delivered} submit date:${minute(submitted)} done date:${minute(done)} stat:${stat} err:${err} text:`;
}

/** YYMMDDhhmm, UTC. */
function minute(time: Date): string {
  const begun = Math.floor(time.getTime() / 60_000);
  if (begun !== lastMinute.begun) lastMinute = { begun, text: time.toISOString().replaceAll(/\D/g, "").slice(2, 12) };
  return lastMinute.text;
}

/** Cached, since thousands of receipts have the same time. */
let lastMinute = { begun: Number.NaN, text: "" };
