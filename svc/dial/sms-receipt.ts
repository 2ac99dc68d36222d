/** Delivery receipts of SMPP 3.4, by TLV or by the text that message centres have agreed on. Pure. */
import { DeliveryState } from "../../gen/herald/common/v1/outcome.ts";

export interface Receipt {
  /** The message, as the centre names it here; `sameMessage` tells how that compares with what it said before. */
  messageId: string;
  /** How it ended; undefined while it is still on its way. */
  state: DeliveryState | undefined;
  /** For people: `DELIVRD 000`. */
  providerStatus: string;
}

/** What of a deliver_sm matters here. */
export interface ReceiptFields {
  receiptedMessageId: string | undefined;
  messageState: number | undefined;
  text: string;
}

const BY_STATE: Readonly<Record<number, string>> = {
  1: "ENROUTE",
  2: "DELIVRD",
  3: "EXPIRED",
  4: "DELETED",
  5: "UNDELIV",
  6: "ACCEPTD",
  7: "UNKNOWN",
  8: "REJECTD",
};

const STATES: Readonly<Record<string, DeliveryState | undefined>> = {
  ENROUTE: undefined,
  ACCEPTD: undefined,
  DELIVRD: DeliveryState.DELIVERY_STATE_DELIVERED,
  EXPIRED: DeliveryState.DELIVERY_STATE_EXPIRED,
  DELETED: DeliveryState.DELIVERY_STATE_FAILED,
  UNDELIV: DeliveryState.DELIVERY_STATE_UNDELIVERABLE,
  REJECTD: DeliveryState.DELIVERY_STATE_REJECTED,
  // The centre itself does not know: nothing will follow.
  UNKNOWN: DeliveryState.DELIVERY_STATE_UNKNOWN,
};

/** Tells a receipt from a message by the type in esm_class (bits 5 to 2: 0001 receipt, 1000 intermediate notification). */
export const isReceipt = (esmClass: number): boolean => (esmClass & 0x3c) === 0x04 || (esmClass & 0x3c) === 0x20;

/** Reads a receipt; undefined when it names no message or a state that nobody knows. */
export function readReceipt({ receiptedMessageId, messageState, text }: ReceiptFields): Receipt | undefined {
  const word = (name: string) => new RegExp(`\\b${name}:([^\\s]*)`, "i").exec(text)?.[1] ?? "";
  const messageId = receiptedMessageId?.replaceAll("\0", "") || word("id");
  const stat = BY_STATE[messageState ?? 0] ?? word("stat").toUpperCase().slice(0, 7);
  if (messageId === "" || !(stat in STATES)) return undefined;
  return { messageId, state: STATES[stat], providerStatus: [stat, word("err").slice(0, 8)].filter(Boolean).join(" ") };
}

/**
 * The ways in which a centre may have named the same message when it took it: as here, or in the other of hexadecimal and
 * decimal, with either case and without leading zeros.
 */
export function sameMessage(messageId: string): string[] {
  const names = new Set([
    messageId,
    messageId.toLowerCase(),
    messageId.toUpperCase(),
    messageId.replace(/^0+(?=.)/, ""),
  ]);
  if (/^\d{1,20}$/.test(messageId)) {
    const hex = BigInt(messageId).toString(16);
    names.add(hex).add(hex.toUpperCase());
  }
  if (/^[0-9a-f]{1,16}$/i.test(messageId)) names.add(BigInt(`0x${messageId}`).toString());
  return [...names];
}
