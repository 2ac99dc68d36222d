/** The interface of message providers: one sends email, one SMS. */
import type { DeliveryState } from "../../../../gen/herald/common/v1/outcome.ts";
import type { Attempt } from "../../attempts/attempt.ts";
import type { ProviderSlots } from "./provider-slots.ts";

/** What became of one message that was handed to the provider. */
export type SendResult =
  /** The provider took it. A receipt follows, at the latest at `receiptUntil`. */
  | { kind: "accepted"; providerMessageId: string; receiptUntil: Date }
  | { kind: "ended"; state: DeliveryState; providerStatus: string; providerMessageId: string }
  /** The provider may or may not have taken it. */
  | { kind: "unknown"; providerStatus: string }
  /** Nothing was sent. */
  | { kind: "returned"; reason: ReturnReason; explanation: string };

/**
 * Why a message was not sent. `provider_down`: nobody can send now. `sender_refused`: the provider refuses this sender. `sender_waits`: it
 * refuses this sender for now. `refused`: compliance has withdrawn its permission. `unchecked`: compliance was asked again and did not
 * answer. `stopped`: the session was closed before the message had its turn. `late`: the provider did not take it for too long.
 */
export type ReturnReason =
  "provider_down" | "sender_refused" | "sender_waits" | "refused" | "unchecked" | "stopped" | "late";

/** Gives why nothing may be sent, or undefined if it may. Called at the last moment before sending. */
export type Gate = () => ReturnReason | undefined | Promise<ReturnReason | undefined>;

export interface MessageProvider {
  readonly name: "smtp" | "smpp";
  /** Slots for attempts between intent and result. */
  readonly slots: ProviderSlots;
  /** Why it takes no messages now, for people; empty while it takes them. */
  readonly trouble: string;
  /** Resolves when it takes messages, or when `signal` aborts. */
  whenUp(signal: AbortSignal): Promise<void>;
  /** Sends one message; never rejects. */
  send(attempt: Attempt, gate: Gate): Promise<SendResult>;
  /** Ends the connections after the messages under way have ended. */
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
