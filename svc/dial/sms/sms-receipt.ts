/** Reads delivery receipts of SMPP 3.4, from TLVs or from the text that is customary among message centres. Pure. */
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";

export interface Receipt {
  /** The message's name, in the form of `messageName`. */
  messageId: string;
  /** How it ended; undefined while it is still on its way. */
  state: DeliveryState | undefined;
  /** For people: `DELIVRD 000`. */
  providerStatus: string;
  /** Source and destination of the receipt: the recipient's number and ours, in either order. */
  numbers: readonly string[];
}

/** The fields of a deliver_sm that matter here. */
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
  // The centre itself does not know, so no other receipt will follow.
  UNKNOWN: DeliveryState.DELIVERY_STATE_UNKNOWN,
};

/** Other spellings of the states that centres use, besides the seven letters of the specification. */
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

/** The type in esm_class, bits 5 to 2: 0001 is a receipt, 1000 an intermediate notification. */
const saysReceipt = (esmClass: number): boolean => (esmClass & 0x3c) === 0x04 || (esmClass & 0x3c) === 0x20;

/**
 * What a deliver_sm contains. If the centre leaves the type out, the TLVs or the form of the text show that it is a receipt; then that is
 * certain only if the message turns out to be ours.
 */
export type DeliverSmContent =
  | { kind: "receipt"; receipt: Receipt; isSure: boolean }
  /** It says that it is a receipt, but not for which message or how that ended. */
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

/** Reads a receipt; undefined when it names no message or an unknown state. */
export function readReceipt({ receiptedMessageId, messageState, text, numbers }: ReceiptFields): Receipt | undefined {
  const words = wordsOf(text);
  const messageId = messageName(receiptedMessageId ?? "") || messageName(words.id ?? "");
  const written = (words.stat ?? "").toUpperCase();
  const stat = BY_STATE[messageState ?? 0] ?? SPELLINGS[written] ?? written;
  if (messageId === "" || !Object.hasOwn(STATES, stat)) return undefined;
  const error = (words.err ?? "").replaceAll(/[^\w.-]/g, "").slice(0, 8);
  return { messageId, state: STATES[stat], providerStatus: [stat, error].filter(Boolean).join(" "), numbers };
}

/** A receipt is looked for in so many characters of a text. */
const READ_CHARACTERS = 1_000;
const NAMES = "id|sub|dlvrd|submit[ _]?date|done[ _]?date|stat|err|text";
const FIELD = new RegExp(`(?<!\\w)(${NAMES})[ \\t]*:[ \\t]*((?!(?:${NAMES})[ \\t]*:)\\S*)`, "gi");

/** The form that nearly all centres write, read in one go. */
const CUSTOMARY = /^id:([\w.+-]+) sub:\w+ dlvrd:\w+ submit date:\d+ done date:\d+ stat:(\w+) err:([\w.+-]+) text:/i;

interface ReceiptWords {
  id?: string;
  stat?: string;
  err?: string;
}

/**
 * The fields of `id:… sub:… dlvrd:… submit date:… done date:… stat:… err:… text:…`, in any case and spacing. If a field is there twice, the
 * first counts. Nothing after `text:` counts, since that quotes our message.
 */
function wordsOf(text: string): ReceiptWords {
  const [, id, stat, err] = CUSTOMARY.exec(text) ?? [];
  if (id !== undefined && stat !== undefined && err !== undefined) return { id, stat, err };
  const words: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.slice(0, READ_CHARACTERS).matchAll(FIELD)) {
    const field = name.toLowerCase().replaceAll(/[ _]/g, "");
    if (field === "text") break;
    words[field] ??= value;
  }
  return words;
}

/** Whether it begins with the id and contains the state: nobody writes like that by hand. */
const followsGrammar = (text: string) => /^\s*id[ \t]*:[ \t]*\S/i.test(text) && wordsOf(text).stat !== undefined;

const LONGEST_NAME = 64;

/**
 * The form in which a message's name is stored and compared. Between their answer and their receipt, centres change case and add zeros at
 * the beginning.
 */
export function messageName(messageId: string): string {
  const name = messageId
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, LONGEST_NAME);
  return /^[0-9a-f-]+$/i.test(name) ? name.toLowerCase().replace(/^0+(?=[^-])/, "") : name;
}

/** How names in receipts relate to names in answers; `auto` unless a setting says what this centre does. */
export type ReceiptIds = "auto" | "same" | "decimal" | "hexadecimal";

/**
 * The names that the message of a receipt may have had in the answer: the certain one, and a guess that the number must confirm. Centres
 * may write one in hexadecimal and the other in decimal. `39f99dd5` is a guess for `972660181`, since its letters show that it is
 * hexadecimal; `10` is no guess for `16`, since two messages may have these names.
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

/** Whether one of the receipt's numbers is the recipient's, in any form. */
export function tellsOf(numbers: readonly string[], recipient: string): boolean {
  const digits = recipient.replaceAll(/\D/g, "");
  return numbers.some((number) => {
    const written = number.replaceAll(/\D/g, "").replace(/^0+/, "");
    return written.length >= FEWEST_DIGITS && digits.endsWith(written);
  });
}

const FEWEST_DIGITS = 7;
