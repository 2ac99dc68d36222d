import type { Treatment, TreatmentAction } from "../api/contract.ts";
import { durationLabel, enumLabel } from "../components/words.ts";

/** The actions of treatments, in the order in which they are offered. */
export const actionLabels: Readonly<Partial<Record<TreatmentAction, string>>> = {
  TREATMENT_ACTION_RETRY_IN: "Begin again at the first device",
  TREATMENT_ACTION_REDIAL: "Try the same device again",
  TREATMENT_ACTION_NEXT_IN_CHAIN: "Go on to the next device",
  TREATMENT_ACTION_FINISH: "Finish the contact",
};

/** A treatment in one sentence: `After busy, no answer: try the same device again after 1 h, up to 3 times.` */
export function treatmentSentence(treatment: Treatment): string {
  const results = [
    ...treatment.callResults.map((result) => enumLabel(result, "CALL_RESULT_")),
    ...treatment.deliveryStates.map((state) => enumLabel(state, "DELIVERY_STATE_")),
  ].map((result) => result.toLowerCase());
  const deed = actionLabels[treatment.action]?.toLowerCase() ?? "";
  if (treatment.action === "TREATMENT_ACTION_FINISH") return `After ${results.join(", ")}: ${deed}.`;
  const increment =
    treatment.incrementSeconds === "0" ? "" : ` (${durationLabel(treatment.incrementSeconds)} longer each time)`;
  const times = treatment.maxCount <= 1 ? "once" : `up to ${treatment.maxCount} times`;
  return `After ${results.join(", ")}: ${deed} after ${durationLabel(treatment.intervalSeconds)}${increment}, ${times}.`;
}
