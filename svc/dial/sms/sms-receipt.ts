/** Delivery receipts of SMPP 3.4, by TLV or by the text that message centres have agreed on. Pure. */
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";

export interface Receipt {
  /** The message, in the form of `messageName`. */
  messageId: string;
  /** How it ended; undefined while it is still on its way. */
  state: DeliveryState | undefined;
  /** For people: `DELIVRD 000`. */
  providerStatus: string;
  /** The numbers that the receipt came from and to: the recipient's and ours, in whichever order the centre likes. */
  numbers: readonly string[];
}

/** What of a deliver_sm matters here. */
export interface ReceiptFields {
  esmClass: number;
  receiptedMessageId: string | undefined;
  messageState: number | undefined;
  text: string;
  numbers: readonly string[];
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
  FAILED: DeliveryState.DELIVERY_STATE_FAILED,
  // The centre itself does not know: nothing will follow.
  UNKNOWN: DeliveryState.DELIVERY_STATE_UNKNOWN,
};

/** How centres write them beside the seven letters of the specification. */
const SPELLINGS: Readonly<Record<string, string>> = {
  ACCEPTED: "ACCEPTD",
  BUFFERED: "ENROUTE",
  QUEUED: "ENROUTE",
  SCHEDULED: "ENROUTE",
  SENT: "ENROUTE",
  DELIVERED: "DELIVRD",
  DELIVERD: "DELIVRD",
  UNDELIVERED: "UNDELIV",
  UNDELIVERABLE: "UNDELIV",
  UNDELIVRD: "UNDELIV",
  REJECTED: "REJECTD",
  FAIL: "FAILED",
  CANCELED: "DELETED",
  CANCELLED: "DELETED",
  UNKNOWN: "UNKNOWN",
};

/** The type in esm_class, bits 5 to 2: 0001 a receipt, 1000 an intermediate notification. */
const saysReceipt = (esmClass: number): boolean => (esmClass & 0x3c) === 0x04 || (esmClass & 0x3c) === 0x20;

/**
 * What a deliver_sm is. A centre that leaves the type out is told by its TLVs, or by the grammar of the text: then the receipt is sure
 * only once its message is known to be ours.
 */
export type DeliverSmContent =
  | { kind: "receipt"; receipt: Receipt; isSure: boolean }
  /** Says that it is a receipt, and nobody knows of what or how it ended. */
  | { kind: "unreadable" }
  | { kind: "message" };

export function readDelivered(fields: ReceiptFields): DeliverSmContent {
  const receipt = readReceipt(fields);
  if (saysReceipt(fields.esmClass))
    return receipt ? { kind: "receipt", receipt, isSure: true } : { kind: "unreadable" };
  const isNamed = fields.receiptedMessageId !== undefined;
  if (!receipt || !(isNamed || followsGrammar(fields.text))) return { kind: "message" };
  return { kind: "receipt", receipt, isSure: isNamed };
}

/** Reads a receipt; undefined when it names no message or a state that nobody knows. */
export function readReceipt({ receiptedMessageId, messageState, text, numbers }: ReceiptFields): Receipt | undefined {
  const words = wordsOf(text);
  const messageId = messageName(receiptedMessageId ?? "") || messageName(words.get("id") ?? "");
  const written = (words.get("stat") ?? "").toUpperCase();
  const stat = BY_STATE[messageState ?? 0] ?? SPELLINGS[written] ?? written;
  if (messageId === "" || !Object.hasOwn(STATES, stat)) return undefined;
  const error = (words.get("err") ?? "").replaceAll(/[^\w.-]/g, "").slice(0, 8);
  return { messageId, state: STATES[stat], providerStatus: [stat, error].filter(Boolean).join(" "), numbers };
}

/** The part of a text in which a receipt is sought. */
const READ_CHARACTERS = 1_000;
const NAMES = "id|sub|dlvrd|submit[ _]?date|done[ _]?date|stat|err|text";
const FIELD = new RegExp(`(?<!\\w)(${NAMES})[ \\t]*:[ \\t]*((?!(?:${NAMES})[ \\t]*:)\\S*)`, "gi");

/**
 * The fields of `id:… sub:… dlvrd:… submit date:… done date:… stat:… err:… text:…`, in any case and spacing. The first of a name counts,
 * and none after `text:`, which quotes our message.
 */
function wordsOf(text: string): Map<string, string> {
  const words = new Map<string, string>();
  for (const [, name = "", value = ""] of text.slice(0, READ_CHARACTERS).matchAll(FIELD)) {
    const field = name.toLowerCase().replaceAll(/[ _]/g, "");
    if (field === "text") break;
    if (!words.has(field)) words.set(field, value);
  }
  return words;
}

/** Begins with the id and tells the state: nobody writes so by hand. */
const followsGrammar = (text: string) => /^\s*id[ \t]*:[ \t]*\S/i.test(text) && wordsOf(text).has("stat");

const LONGEST_NAME = 64;

/**
 * The one form in which a message's name is kept and compared, whoever wrote it: centres pad with zeros and change case between their
 * answer and their receipt.
 */
export function messageName(messageId: string): string {
  const name = messageId
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, LONGEST_NAME);
  return /^[0-9a-f-]+$/i.test(name) ? name.toLowerCase().replace(/^0+(?=[^-])/, "") : name;
}

/** How the names in receipts are to those in the answers: `auto` until the centre's ways are set. */
export type ReceiptIds = "auto" | "same" | "decimal" | "hexadecimal";

/**
 * The names that the message of a receipt may have had in the answer: for certain, and by a guess that the number must confirm.
 * `10` is no guess for `16`: two messages may carry both names. `39f99dd5` for `972660181` is one: letters make it hexadecimal.
 */
export function namesOf(receiptId: string, ids: ReceiptIds): { certain: string; guessed: string | undefined } {
  const hexadecimal = /^\d{1,20}$/.test(receiptId) ? BigInt(receiptId).toString(16) : undefined;
  const decimal = /^[0-9a-f]{1,16}$/.test(receiptId) ? BigInt(`0x${receiptId}`).toString() : undefined;
  switch (ids) {
    case "same":
      return { certain: receiptId, guessed: undefined };
    case "decimal":
      return { certain: hexadecimal ?? receiptId, guessed: undefined };
    case "hexadecimal":
      return { certain: decimal ?? receiptId, guessed: undefined };
    case "auto": {
      const guess = hexadecimal !== undefined ? hexadecimal : decimal;
      const telling = [receiptId, guess].some((name) => /[a-f]/.test(name ?? ""));
      return { certain: receiptId, guessed: telling ? guess : undefined };
    }
  }
}

/** Whether one of the receipt's numbers is that of the recipient, however each is written. */
export function tellsOf(numbers: readonly string[], recipient: string): boolean {
  const digits = recipient.replaceAll(/\D/g, "");
  return numbers.some((number) => {
    const written = number.replaceAll(/\D/g, "").replace(/^0+/, "");
    return written.length >= FEWEST_DIGITS && digits.endsWith(written);
  });
}

const FEWEST_DIGITS = 7;
