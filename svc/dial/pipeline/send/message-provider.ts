/** What carries messages: one for email, one for SMS. */
import type { DeliveryState } from "../../../../gen/herald/common/v1/outcome.ts";
import type { Attempt } from "../../attempts/attempt.ts";
import type { ProviderSlots } from "./provider-slots.ts";

/** What became of one message handed over. */
export type SendResult =
  /** Taken; a receipt follows, until then at the latest. */
  | { kind: "accepted"; providerMessageId: string; receiptUntil: Date }
  | { kind: "ended"; state: DeliveryState; providerStatus: string; providerMessageId: string }
  /** It may or may not have been taken. */
  | { kind: "unknown"; providerStatus: string }
  /** Nothing of it left. */
  | { kind: "returned"; reason: ReturnReason; explanation: string };

/**
 * `provider_down`: nobody can send now. `sender_refused`: not in the name of this sender; `sender_waits`: not
 * now. `refused`: compliance has taken its leave
 * back. `unchecked`: compliance was asked again and did not answer. `stopped`: the session was closed before its turn came.
 * `late`: the provider would not take it for too long.
 */
export type ReturnReason =
  "provider_down" | "sender_refused" | "sender_waits" | "refused" | "unchecked" | "stopped" | "late";

/** Asked at the last moment before anything leaves: why it must not, if it must not. */
export type Gate = () => ReturnReason | undefined | Promise<ReturnReason | undefined>;

export interface MessageProvider {
  readonly name: "smtp" | "smpp";
  /** Room for attempts between intent and result. */
  readonly slots: ProviderSlots;
  /** Why it takes nothing now, for people; empty while it does. */
  readonly trouble: string;
  /** Resolves once it takes messages, or `signal` aborts. */
  whenUp(signal: AbortSignal): Promise<void>;
  /** Hands over one message; never rejects. */
  send(attempt: Attempt, gate: Gate): Promise<SendResult>;
  /** Ends the connections, once what is under way has ended. */
  stop(): Promise<void>;
}

export const GATE_EXPLANATIONS: Readonly<Record<ReturnReason, string>> = {
  provider_down: "The provider is down.",
  sender_refused: "The provider refuses the sender.",
  sender_waits: "The provider takes nothing from this sender now.",
  refused: "Compliance has refused it meanwhile.",
  unchecked: "Compliance does not answer.",
  late: "The provider would not take it.",
  stopped: "The session was closed.",
};

export const returned = (reason: ReturnReason, explanation = GATE_EXPLANATIONS[reason]): SendResult => ({
  kind: "returned",
  reason,
  explanation,
});
