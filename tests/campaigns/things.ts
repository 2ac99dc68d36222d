/** Functions that make outcomes, treatments and chains for tests of campaigns. */
import { type Treatment, TreatmentAction } from "../../gen/herald/campaigns/v1/treatment.ts";
import { CallResult, DeliveryState, type Outcome } from "../../gen/herald/common/v1/outcome.ts";
import { RecordStatus, RecordType } from "../../gen/herald/common/v1/record_type.ts";
import { type ChainState, Lane, Phase } from "../../svc/campaigns/queue/chain.ts";

type EnumWord<Names, Prefix extends string> = Names extends `${Prefix}${infer Name}` ? Name : never;
type CallResultWord = EnumWord<keyof typeof CallResult, "CALL_RESULT_">;
type DeliveryStateWord = EnumWord<keyof typeof DeliveryState, "DELIVERY_STATE_">;
type TreatmentActionWord = EnumWord<keyof typeof TreatmentAction, "TREATMENT_ACTION_">;

/** The outcome of a call by its name: `called("BUSY")`. */
export const called = (name: CallResultWord): Outcome => ({
  result: { $case: "callResult", callResult: CallResult[`CALL_RESULT_${name}`] },
});
/** The outcome of a message by its name: `delivery("EXPIRED")`. */
export const delivery = (name: DeliveryStateWord): Outcome => ({
  result: { $case: "deliveryState", deliveryState: DeliveryState[`DELIVERY_STATE_${name}`] },
});

/** A treatment for call results: `onCall(["BUSY"], "REDIAL", { maxCount: 3 })`. */
export const onCall = (
  results: CallResultWord[],
  action: TreatmentActionWord,
  more: Partial<Treatment> = {},
): Treatment => treatment(action, { callResults: results.map((name) => CallResult[`CALL_RESULT_${name}`]), ...more });
/** A treatment for delivery states. */
export const onDelivery = (
  states: DeliveryStateWord[],
  action: TreatmentActionWord,
  more: Partial<Treatment> = {},
): Treatment =>
  treatment(action, { deliveryStates: states.map((name) => DeliveryState[`DELIVERY_STATE_${name}`]), ...more });

const treatment = (action: TreatmentActionWord, more: Partial<Treatment>): Treatment => ({
  name: "",
  callResults: [],
  deliveryStates: [],
  action: TreatmentAction[`TREATMENT_ACTION_${action}`],
  maxCount: 0,
  intervalSeconds: 0,
  incrementSeconds: 0,
  ...more,
});

/** A chain whose first attempt is leased. */
export const leasedChain = (more: Partial<ChainState> = {}): ChainState => ({
  recordType: RecordType.RECORD_TYPE_GENERAL,
  recordStatus: RecordStatus.RECORD_STATUS_RETRIEVED,
  devices: [1, 2],
  place: 0,
  attempts: 0,
  attemptId: "018f0000-0000-7000-8000-000000000001",
  leaseNumber: 1,
  phase: Phase.LEASED,
  lane: Lane.LEASED,
  due: new Date("2026-03-03T17:01:00Z"),
  waitsFor: "",
  refusalReason: "",
  lastOutcome: undefined,
  treatmentCounts: [],
  uncounted: 0,
  ...more,
});
