/** How long an SMS is, counted as the platform sends it; a test compares both. */

/** The SMS alphabet: one unit a character, and two for those of its extension. */
const alphabet = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const extension = new Set("^{}\\[~]|€\f");

const room = { alphabet: { alone: 160, among: 153 }, unicode: { alone: 70, among: 67 } };

export interface SmsSize {
  characters: number;
  parts: number;
  /** Characters outside the alphabet: one makes the whole text Unicode. */
  odd: string[];
}

/** How many parts a text takes as an SMS. No character is torn between two. */
export function smsParts(written: string, { plainSigns }: { plainSigns: boolean }): SmsSize {
  const characters = [...asSent(written, plainSigns)];
  const odd = [...new Set(characters.filter((one) => !alphabet.has(one) && !extension.has(one)))];
  const unitsOf = (one: string) => (odd.length > 0 ? one.length : extension.has(one) ? 2 : 1);
  const { alone, among } = odd.length > 0 ? room.unicode : room.alphabet;
  const units = characters.reduce((sum, one) => sum + unitsOf(one), 0);
  return { characters: characters.length, parts: units <= alone ? 1 : partsOf(characters, unitsOf, among), odd };
}

function partsOf(characters: readonly string[], unitsOf: (one: string) => number, among: number): number {
  let parts = 0;
  let left = 0;
  for (const one of characters) {
    if (unitsOf(one) > left) {
      parts += 1;
      left = among;
    }
    left -= unitsOf(one);
  }
  return parts;
}

const plain: readonly (readonly [signs: RegExp, plain: string])[] = [
  [/[‘’‚‛‹›′´`ʼ]/g, "'"],
  [/[“”„‟«»″]/g, '"'],
  [/[‐‑‒–—―−]/g, "-"],
  [/[•‣◦·∙]/g, "*"],
  [/…/g, "..."],
  [/⁄/g, "/"],
  [/×/g, "x"],
];

/** The text as it is sent: accents one with their letters, odd spaces plain, and what is typed for typographic signs where that is wished. */
function asSent(written: string, plainSigns: boolean): string {
  const text = written
    .normalize("NFC")
    .replaceAll(/\r\n?|[\u0085\u2028\u2029\v\f]/g, "\n")
    .replaceAll(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]/g, " ")
    .replaceAll(/[\u200b\u2060\ufeff\u00ad]/g, "")
    .replaceAll(/(?<=^|[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\p{Z}\n])[\u200c\u200d]+/gu, "")
    .trim();
  return plainSigns ? plain.reduce((sum, [signs, typed]) => sum.replaceAll(signs, typed), text) : text;
}
