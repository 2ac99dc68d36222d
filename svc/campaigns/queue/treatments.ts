/** Decides by a group's treatments what follows an outcome. Pure. */
import { type Treatment, TreatmentAction } from "../../../gen/herald/campaigns/v1/treatment.ts";
import type { Outcome } from "../../../gen/herald/common/v1/outcome.ts";

/** The part of a chain that matters to treatments. */
export interface TreatedChain {
  /** How many devices the chain has. */
  devices: number;
  /** The position of the device that was just tried, from 0. */
  place: number;
  /** How often each treatment was applied so far, in the order of the group's treatments. */
  treatmentCounts: readonly number[];
}

/** What happens next. `at` is not before the attempt's end. */
export type Followup =
  | { action: "finish"; treatmentCounts: readonly number[] }
  | { action: "redial" | "retry" | "next"; at: Date; place: number; treatmentCounts: readonly number[] };

/**
 * Decides what follows an outcome: the first treatment whose trigger fits, whose count is not used up and that can be
 * applied; none finishes the chain. The k-th application waits `interval + (k - 1) × increment` from the attempt's end.
 */
export function followOutcome(
  treatments: readonly Treatment[],
  chain: TreatedChain,
  outcome: Outcome,
  endedAt: Date,
): Followup {
  const index = treatments.findIndex((treatment, i) => fits(treatment, outcome) && isLeft(treatment, chain, i));
  const treatment = treatments[index];
  if (!treatment) return { action: "finish", treatmentCounts: chain.treatmentCounts };
  const application = (chain.treatmentCounts[index] ?? 0) + 1;
  const at = new Date(
    endedAt.getTime() + (treatment.intervalSeconds + (application - 1) * treatment.incrementSeconds) * 1_000,
  );
  const counted = treatments.map((_, i) => (i === index ? application : (chain.treatmentCounts[i] ?? 0)));
  switch (treatment.action) {
    case TreatmentAction.TREATMENT_ACTION_REDIAL:
      return { action: "redial", at, place: chain.place, treatmentCounts: counted };
    case TreatmentAction.TREATMENT_ACTION_RETRY_IN:
      return {
        action: "retry",
        at,
        place: 0,
        treatmentCounts: chain.place === 0 ? counted : forAnotherDevice(treatments, counted),
      };
    case TreatmentAction.TREATMENT_ACTION_NEXT_IN_CHAIN:
      return { action: "next", at, place: chain.place + 1, treatmentCounts: forAnotherDevice(treatments, counted) };
    case TreatmentAction.TREATMENT_ACTION_FINISH:
    case TreatmentAction.TREATMENT_ACTION_UNSPECIFIED:
    default:
      return { action: "finish", treatmentCounts: counted };
  }
}

function fits(treatment: Treatment, { result }: Outcome): boolean {
  if (result?.$case === "callResult") return treatment.callResults.includes(result.callResult);
  return result?.$case === "deliveryState" && treatment.deliveryStates.includes(result.deliveryState);
}

function isLeft(treatment: Treatment, chain: TreatedChain, index: number): boolean {
  if (treatment.action === TreatmentAction.TREATMENT_ACTION_NEXT_IN_CHAIN && chain.place + 1 >= chain.devices)
    return false;
  return (chain.treatmentCounts[index] ?? 0) < (treatment.maxCount || 1);
}

/** Redials are counted for each device: the next device starts again at zero. */
const forAnotherDevice = (treatments: readonly Treatment[], counts: readonly number[]): number[] =>
  counts.map((count, i) => (treatments[i]?.action === TreatmentAction.TREATMENT_ACTION_REDIAL ? 0 : count));
