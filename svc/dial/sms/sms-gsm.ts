/** The GSM 7-bit alphabet (3GPP TS 23.038): its 128 characters, and those behind the escape. Pure tables. */

/** The 128 characters by code; 0x1b leads to the extension. */
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
const ESCAPE = 0x1b;

/** The octets of every character of the alphabet: one, or two with the escape. */
export const GSM: ReadonlyMap<string, readonly number[]> = new Map([
  ...[...BASIC]
    .map((char, code): [string, readonly number[]] => [char, [code]])
    .filter(([, [code]]) => code !== ESCAPE),
  ...Object.entries(EXTENSION).map(([char, code]): [string, readonly number[]] => [char, [ESCAPE, code]]),
]);

const BY_CODE = [...BASIC];
const BY_EXTENSION = new Map(Object.entries(EXTENSION).map(([char, code]) => [code, char]));

/** The text of octets that each hold one septet. */
export function readGsm(octets: Buffer): string {
  let text = "";
  for (let i = 0; i < octets.length; i++) {
    const code = (octets[i] as number) & 0x7f;
    if (code !== ESCAPE) text += BY_CODE[code];
    // An unknown extension reads as the character that has its code in the alphabet.
    else if (i + 1 < octets.length)
      text += BY_EXTENSION.get(octets[++i] as number) ?? BY_CODE[(octets[i] as number) & 0x7f];
  }
  return text;
}
