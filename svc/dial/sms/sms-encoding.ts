/** Encodes texts for SMS, in the GSM 7-bit alphabet if it suffices or else in UCS-2, and splits them into parts. Pure. */
import { ESCAPE, writeGsm, writeUcs2 } from "../../lib/smpp/gsm.ts";

export interface EncodedSms {
  /** SMPP data_coding: 0 for the GSM alphabet, 8 for UCS-2. */
  dataCoding: 0 | 8;
  /** The octets of each part, without the header that says which part it is. */
  parts: Buffer[];
}

/** The octets of a single part, and of each of several parts (six octets go to the header). */
const GSM_ROOM = { alone: 160, among: 153 };
const UCS2_ROOM = { alone: 140, among: 134 };

/** Encodes a text and splits it between characters. */
export function encodeSms(text: string): EncodedSms {
  const gsm = writeGsm(text);
  if (gsm) return { dataCoding: 0, parts: cut(gsm, GSM_ROOM, (end) => (gsm[end - 1] === ESCAPE ? 1 : 0)) };
  const ucs2 = writeUcs2(text);
  const isPair = (end: number) => isSurrogate(ucs2, end - 2, 0xd8) && isSurrogate(ucs2, end, 0xdc);
  return { dataCoding: 8, parts: cut(ucs2, UCS2_ROOM, (end) => (isPair(end) ? 2 : 0)) };
}

/** The header (8-bit reference) of one part of several. */
export const partHeader = (reference: number, part: number, parts: number): Buffer =>
  Buffer.from([5, 0, 3, reference & 0xff, parts, part]);

/** Splits between characters: `tearsAt` gives how many octets before `end` belong to a character that continues after it. */
function cut(octets: Buffer, room: { alone: number; among: number }, tearsAt: (end: number) => number): Buffer[] {
  if (octets.length <= room.alone) return [octets];
  const parts: Buffer[] = [];
  for (let begin = 0; begin < octets.length;) {
    let end = begin + room.among;
    if (end < octets.length) end -= tearsAt(end);
    parts.push(octets.subarray(begin, end));
    begin = end;
  }
  return parts;
}

/** A surrogate, one half of a character of two units: high ones begin with 0xd8, low ones with 0xdc. */
const isSurrogate = (octets: Buffer, at: number, kind: 0xd8 | 0xdc): boolean => ((octets[at] ?? 0) & 0xfc) === kind;
