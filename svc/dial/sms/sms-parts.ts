/** Finds which part of a longer message a deliver_sm is, by its user data header or by SMPP parameters. Pure. */

/** One part of several that belong together by sender, recipient and reference. */
export interface SmsPart {
  reference: number;
  part: number;
  parts: number;
}

const MOST_PARTS = 255;
/** Elements of a user data header: concatenation with a reference of 8 or 16 bits. */
const CONCATENATED = 0x00;
const CONCATENATED_WIDE = 0x08;

/** Removes the header. A header that is longer than the message is none. */
export function withoutHeader(octets: Buffer, hasHeader: boolean): { body: Buffer; part: SmsPart | undefined } {
  const length = octets[0] ?? 0;
  if (!hasHeader || length + 1 > octets.length) return { body: octets, part: undefined };
  return { body: octets.subarray(length + 1), part: partIn(octets.subarray(1, length + 1)) };
}

function partIn(header: Buffer): SmsPart | undefined {
  for (let at = 0; at + 2 <= header.length;) {
    const [element, length] = [header[at] as number, header[at + 1] as number];
    const value = header.subarray(at + 2, at + 2 + length);
    if (element === CONCATENATED && value.length === 3) return checkedPart(value.readUInt8(0), value[2], value[1]);
    if (element === CONCATENATED_WIDE && value.length === 4)
      return checkedPart(value.readUInt16BE(0), value[3], value[2]);
    at += 2 + length;
  }
  return undefined;
}

/** A part, if the message has more than one. */
export function checkedPart(
  reference: number | undefined,
  part: number | undefined,
  parts: number | undefined,
): SmsPart | undefined {
  if (reference === undefined || part === undefined || parts === undefined) return undefined;
  const isOne = parts > 1 && parts <= MOST_PARTS && part >= 1 && part <= parts;
  return isOne ? { reference, part, parts } : undefined;
}
