/** What the command status of a submit_sm_resp means. Pure. */
import smpp from "smpp";
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";

export type SubmitVerdict =
  | { kind: "taken" }
  /** Too fast, or too much waits at the centre: the same again later. */
  | { kind: "throttled" }
  /** The centre does not take this sender. */
  | { kind: "sender" }
  | { kind: "ended"; state: DeliveryState };

const {
  ESME_RMSGQFUL = 0x14,
  ESME_RTHROTTLED = 0x58,
  ESME_RINVSRCADR = 0x0a,
  ESME_RINVSRCTON = 0x48,
  ESME_RINVSRCNPI = 0x49,
  ESME_RINVDSTADR = 0x0b,
  ESME_RINVDSTTON = 0x50,
  ESME_RINVDSTNPI = 0x51,
  ESME_RSYSERR = 0x08,
} = smpp.errors;

const VERDICTS: Readonly<Record<number, SubmitVerdict>> = {
  0: { kind: "taken" },
  [ESME_RTHROTTLED]: { kind: "throttled" },
  [ESME_RMSGQFUL]: { kind: "throttled" },
  [ESME_RINVSRCADR]: { kind: "sender" },
  [ESME_RINVSRCTON]: { kind: "sender" },
  [ESME_RINVSRCNPI]: { kind: "sender" },
  [ESME_RINVDSTADR]: { kind: "ended", state: DeliveryState.DELIVERY_STATE_UNDELIVERABLE },
  [ESME_RINVDSTTON]: { kind: "ended", state: DeliveryState.DELIVERY_STATE_UNDELIVERABLE },
  [ESME_RINVDSTNPI]: { kind: "ended", state: DeliveryState.DELIVERY_STATE_UNDELIVERABLE },
  // A fault of the centre that may pass.
  [ESME_RSYSERR]: { kind: "ended", state: DeliveryState.DELIVERY_STATE_DEFERRED },
};

export const readSubmit = (status: number): SubmitVerdict =>
  VERDICTS[status] ?? { kind: "ended", state: DeliveryState.DELIVERY_STATE_FAILED };

/** For people: `0x58`. */
export const statusText = (status: number): string => `0x${status.toString(16).padStart(2, "0")}`;
