/** What the reply of a mail server means for a message. Pure. */
import { DeliveryState } from "../../gen/herald/common/v1/outcome.ts";

/** The step of the dialogue at which the server refused. */
export type SmtpStep = "sender" | "recipient" | "message";

export type SmtpVerdict =
  /** The message ended so. */
  | { kind: "ended"; state: DeliveryState }
  /** The server refuses us, not this recipient: nothing more until somebody mends it. */
  | { kind: "provider" };

/** The reply without words, since those may hold addresses: `550 5.1.1`. */
export function replyStatus(reply: string): string {
  const [, code = "", enhanced = ""] = /^(\d{3})(?:[ -]+([245]\.\d{1,3}\.\d{1,3}))?/.exec(reply) ?? [];
  return `${code} ${enhanced}`.trim();
}

/** Reads a reply other than 2xx. */
export function readRefusal(reply: string, step: SmtpStep): SmtpVerdict {
  const [code = "", enhanced = ""] = replyStatus(reply).split(" ");
  // 421: the server is closing. A refused sender concerns every message from it.
  if (code === "421" || step === "sender" || code === "") return { kind: "provider" };
  if (code.startsWith("4")) return { kind: "ended", state: DeliveryState.DELIVERY_STATE_DEFERRED };
  return { kind: "ended", state: finalState(code, enhanced, step) };
}

function finalState(code: string, enhanced: string, step: SmtpStep): DeliveryState {
  if (enhanced.startsWith("5.1.") || (enhanced === "" && step === "recipient" && /^55[013]$/.test(code))) {
    return DeliveryState.DELIVERY_STATE_HARD_BOUNCE;
  }
  if (enhanced.startsWith("5.7.") || (enhanced === "" && step === "message" && /^55[04]$/.test(code))) {
    return DeliveryState.DELIVERY_STATE_REJECTED;
  }
  return DeliveryState.DELIVERY_STATE_FAILED;
}
