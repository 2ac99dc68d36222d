/** Turns a provider's answer into the change of an attempt. Pure. */
import { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import type { Attempt, AttemptChange, AttemptRefusal } from "../../attempts/attempt.ts";
import { GATE_EXPLANATIONS, type SendResult } from "../send/message-provider.ts";
import { deliveryOutcome, unknownOutcome } from "../../../lib/outcomes/outcomes.ts";

/** `refusal` is set if compliance withdrew its permission before anything was sent. */
export function changeOf(
  sent: SendResult,
  attempt: Attempt,
  refusal: AttemptRefusal | undefined,
  at: Date,
): AttemptChange {
  const base = { key: attempt, attempt, at };
  switch (sent.kind) {
    case "accepted":
      return { ...base, kind: "sent", providerMessageId: sent.providerMessageId, receiptUntil: sent.receiptUntil };
    case "ended":
      return {
        ...base,
        kind: "ended",
        outcome: deliveryOutcome(sent.state),
        counts: true,
        providerStatus: sent.providerStatus,
        providerMessageId: sent.providerMessageId,
        sentAt: at,
      };
    case "unknown":
      return {
        ...base,
        kind: "stale",
        outcome: unknownOutcome(Channel.CHANNEL_SMS),
        providerStatus: sent.providerStatus,
      };
    case "returned":
      if (refusal) return { ...base, kind: "refused", refusal };
      return { ...base, kind: "returned", reason: GATE_EXPLANATIONS[sent.reason] };
  }
}
