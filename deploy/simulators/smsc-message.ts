/** Reads and writes the message centre's messages. */
import { hash } from "node:crypto";
import { readGsm, writeGsm, writeUcs2 } from "../../svc/lib/smpp/gsm.ts";
import { COMMAND, type MessageFields, UDH_INDICATOR, writeMessage, writeRaw } from "../../svc/lib/smpp/pdu.ts";
import type { Arrival } from "./arrivals.ts";

/** One submit_sm, as it arrived: a message, or one part of it. */
export interface ArrivedSms extends Arrival {
  from: string;
  text: string;
  /** Which part of how many; 1 of 1 for a message that fits into one. */
  part: number;
  parts: number;
  dataCoding: number;
  messageId: string;
  time: string;
}

/** A message from a phone. Numbers are sent as written, but without a plus sign; their types are 0 unless given. */
export interface InboundMessage {
  from: string;
  to: string;
  text: string;
  fromType?: number | undefined;
  toType?: number | undefined;
}

const UCS2 = 8;

export function arrivedSms(fields: MessageFields, messageId: string): ArrivedSms {
  const { text, part, parts } = contentOf(fields);
  const id = fields.herald_attempt_id ?? hash("sha1", text, "base64url");
  return {
    to: `+${digits(fields.destination_addr)}`,
    id: parts > 1 ? `${id} ${part}/${parts}` : id,
    from: fields.source_addr,
    text,
    part,
    parts,
    dataCoding: fields.data_coding,
    messageId,
    time: new Date().toISOString(),
  };
}

/** The text, and which part it is according to an 8-bit concatenation header (element 0x00). */
function contentOf({ esm_class, data_coding, short_message: octets }: MessageFields) {
  const hasHeader = (esm_class & UDH_INDICATOR) !== 0;
  const body = hasHeader ? octets.subarray((octets[0] ?? 0) + 1) : octets;
  const text = data_coding === UCS2 ? new TextDecoder("utf-16be").decode(body) : readGsm(body);
  const isPart = hasHeader && octets[1] === 0;
  return { text, part: isPart ? (octets[5] ?? 1) : 1, parts: isPart ? (octets[4] ?? 1) : 1 };
}

/** A whole deliver_sm with a message from a phone. */
export function inboundPdu({ from, to, text, fromType = 0, toType = 0 }: InboundMessage): Buffer {
  const gsm = writeGsm(text);
  return writeMessage(COMMAND.deliver, {
    source_addr_ton: fromType,
    source_addr: digits(from),
    dest_addr_ton: toType,
    destination_addr: digits(to),
    data_coding: gsm ? 0 : UCS2,
    short_message: gsm ?? writeUcs2(text),
  });
}

const HEADER_OCTETS = 16;

/** A whole deliver_sm as another message centre sent it; undefined when the octets are none. */
export function deliverPdu(octets: Buffer): Buffer | undefined {
  const isWhole = octets.length >= HEADER_OCTETS && octets.readUInt32BE(0) === octets.length;
  return isWhole && octets.readUInt32BE(4) === COMMAND.deliver
    ? writeRaw(COMMAND.deliver, octets.subarray(HEADER_OCTETS))
    : undefined;
}

/** As in Herald's messages, an international type of number replaces the `+`. */
const digits = (number: string) => number.replace(/^\+/, "");
