/** The GSM 7-bit alphabet (3GPP TS 23.038): its 128 characters and its extension table. Pure. */

/** The 128 characters by code; 0x1b is the escape to the extension. */
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENSION: Readonly<Record<string, number>> = {
  "\f": 0x0a,
  "^": 0x14,
  "{": 0x28,
  "}": 0x29,
  "\\": 0x2f,
  "[": 0x3c,
  "~": 0x3d,
  "]": 0x3e,
  "|": 0x40,
  "€": 0x65,
};
/** The first of the two octets of an extension character. */
export const ESCAPE = 0x1b;

const BY_CODE = [...BASIC];
const BY_EXTENSION = new Map(Object.entries(EXTENSION).map(([char, code]) => [code, char]));

const NONE = 0xffff;
/** By UTF-16 code unit, up to the euro sign: an octet, or the escape and an octet. */
const CODES = new Uint16Array(0x20ad).fill(NONE);
for (const [code, char] of BY_CODE.entries()) if (code !== ESCAPE) CODES[char.charCodeAt(0)] = code;
for (const [char, code] of Object.entries(EXTENSION)) CODES[char.charCodeAt(0)] = (ESCAPE << 8) | code;

/** The text in octets that each hold one septet; undefined where the alphabet lacks a character. */
export function writeGsm(text: string): Buffer | undefined {
  const octets = Buffer.allocUnsafe(text.length * 2);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const code = CODES[text.charCodeAt(i)] ?? NONE;
    if (code === NONE) return undefined;
    if (code > 0xff) octets[length++] = ESCAPE;
    octets[length++] = code;
  }
  return octets.subarray(0, length);
}

/** The text of octets that each hold one septet. */
export function readGsm(octets: Buffer): string {
  let text = "";
  for (let i = 0; i < octets.length; i++) {
    const code = (octets[i] as number) & 0x7f;
    if (code !== ESCAPE) text += BY_CODE[code];
    // An unknown extension character is read as the basic character with its code.
    else if (i + 1 < octets.length)
      text += BY_EXTENSION.get(octets[++i] as number) ?? BY_CODE[(octets[i] as number) & 0x7f];
  }
  return text;
}

/** The text in the other alphabet of SMS: two octets a unit of UTF-16, the higher first. */
export const writeUcs2 = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();
