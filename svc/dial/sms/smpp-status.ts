/** What the command status of a submit_sm_resp means. Pure. */
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import { STATUS } from "../../lib/smpp/pdu.ts";

export type SubmitVerdict =
  | { kind: "taken" }
  /** We are too fast, or too much waits at the centre: send the same again later. */
  | { kind: "throttled" }
  /** The centre no longer knows our bind, for example because it restarted behind a proxy that kept the connection. */
  | { kind: "unbound" }
  /** The centre does not take this sender. */
  | { kind: "sender" }
  | { kind: "ended"; state: DeliveryState };

const VERDICTS: Readonly<Record<number, SubmitVerdict>> = {
  0: { kind: "taken" },
  [STATUS.ESME_RINVBNDSTS]: { kind: "unbound" },
  [STATUS.ESME_RBINDFAIL]: { kind: "unbound" },
  [STATUS.ESME_RINVPASWD]: { kind: "unbound" },
  [STATUS.ESME_RINVSYSID]: { kind: "unbound" },
  [STATUS.ESME_RTHROTTLED]: { kind: "throttled" },
  [STATUS.ESME_RMSGQFUL]: { kind: "throttled" },
  [STATUS.ESME_RINVSRCADR]: { kind: "sender" },
  [STATUS.ESME_RINVSRCTON]: { kind: "sender" },
  [STATUS.ESME_RINVSRCNPI]: { kind: "sender" },
  [STATUS.ESME_RINVDSTADR]: { kind: "ended", state: DeliveryState.DELIVERY_STATE_UNDELIVERABLE },
  [STATUS.ESME_RINVDSTTON]: { kind: "ended", state: DeliveryState.DELIVERY_STATE_UNDELIVERABLE },
  [STATUS.ESME_RINVDSTNPI]: { kind: "ended", state: DeliveryState.DELIVERY_STATE_UNDELIVERABLE },
  // A fault of the centre that may pass.
  [STATUS.ESME_RSYSERR]: { kind: "ended", state: DeliveryState.DELIVERY_STATE_DEFERRED },
};

export const readSubmit = (status: number): SubmitVerdict =>
  VERDICTS[status] ?? { kind: "ended", state: DeliveryState.DELIVERY_STATE_FAILED };

/** For people: `0x58`. */
export const statusText = (status: number): string => `0x${status.toString(16).padStart(2, "0")}`;
