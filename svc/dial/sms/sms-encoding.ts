/** Texts as SMS carry them: the GSM 7-bit alphabet where it suffices, UCS-2 otherwise, cut into parts. Pure. */
import { GSM } from "./sms-gsm.ts";

export interface EncodedSms {
  /** SMPP data_coding: 0 for the GSM alphabet, 8 for UCS-2. */
  dataCoding: 0 | 8;
  /** The octets of each part, without the header that tells which part it is. */
  parts: Buffer[];
}

/** The octets of one part alone, and of each part of several (six octets of header take their place). */
const GSM_ROOM = { alone: 160, among: 153 };
const UCS2_ROOM = { alone: 70, among: 67 };

/** Encodes a text and cuts it so that no character is torn. */
export function encodeSms(text: string): EncodedSms {
  const gsm = gsmCharacters(text);
  if (gsm) return { dataCoding: 0, parts: cut(gsm, GSM_ROOM).map((part) => Buffer.from(part.flat())) };
  const characters = [...text].map((char) => Array.from({ length: char.length }, (_, i) => char.charCodeAt(i)));
  return { dataCoding: 8, parts: cut(characters, UCS2_ROOM).map((part) => bigEndian(part.flat())) };
}

/** The header (8-bit reference) of one part of several. */
export const partHeader = (reference: number, part: number, parts: number): Buffer =>
  Buffer.from([5, 0, 3, reference & 0xff, parts, part]);

function gsmCharacters(text: string): (readonly number[])[] | undefined {
  const characters: (readonly number[])[] = [];
  for (const char of text) {
    const octets = GSM.get(char);
    if (!octets) return undefined;
    characters.push(octets);
  }
  return characters;
}

/** Cuts between characters; each takes as many units as it has numbers. */
function cut(
  characters: readonly (readonly number[])[],
  room: { alone: number; among: number },
): (readonly number[])[][] {
  const units = characters.reduce((sum, char) => sum + char.length, 0);
  if (units <= room.alone) return [[...characters]];
  const parts: (readonly number[])[][] = [];
  let left = 0;
  for (const char of characters) {
    if (char.length > left) {
      parts.push([]);
      left = room.among;
    }
    parts.at(-1)?.push(char);
    left -= char.length;
  }
  return parts;
}

function bigEndian(units: readonly number[]): Buffer {
  const bytes = Buffer.alloc(units.length * 2);
  for (const [i, unit] of units.entries()) bytes.writeUInt16BE(unit, i * 2);
  return bytes;
}
