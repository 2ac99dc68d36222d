/** Reasons why an attempt was not made, as words: those of compliance, and the dialer's own. Pure. */
import { RefusalReason } from "../../../gen/herald/compliance/v1/decision.ts";

/** Reasons that are found without asking compliance. */
const OWN = ["content_invalid", "device_gone", "record_gone", "value_missing"];

const WORDS = new Map(
  Object.entries(RefusalReason).map(([name, code]) => [code, name.replace("REFUSAL_REASON_", "").toLowerCase()]),
);

/** `REFUSAL_REASON_OUTSIDE_WINDOW` → `outside_window`. */
export const refusalWord = (reason: RefusalReason): string => WORDS.get(reason) ?? "unspecified";

/** Every word that `refusal_reason` of an attempt can hold. */
export const refusalWords: readonly string[] = [
  ...[...WORDS].flatMap(([code, word]) => (code === RefusalReason.REFUSAL_REASON_UNSPECIFIED ? [] : [word])),
  ...OWN,
];
