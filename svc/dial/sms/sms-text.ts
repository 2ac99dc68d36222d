/** Replaces odd characters in the text of an SMS by similar ones of the SMS alphabet: a single other character can double its size. Pure. */

/** Spaces of any width; the alphabet has one. */
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]/g;
const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029\v\f]/g;
/** Invisible characters without a meaning: zero width space, word joiner, byte order mark, soft hyphen. */
const WIDTHLESS = /[\u200b\u2060\ufeff\u00ad]/g;
/** Joiners belong between emoji and between letters of some scripts. Elsewhere they are left over from copying. */
const LEFT_OVER_JOINERS =
  /(?<=^|[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\p{Z}\n])[\u200c\u200d]+/gu;

/** Typographic characters, and what people type instead. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ...[..."‘’‚‛‹›′´`ʼ"].map((sign): [string, string] => [sign, "'"]),
  ...[..."“”„‟«»″"].map((sign): [string, string] => [sign, '"']),
  ...[..."‐‑‒–—―−"].map((sign): [string, string] => [sign, "-"]),
  ...[..."•‣◦·∙"].map((sign): [string, string] => [sign, "*"]),
  ["…", "..."],
  ["⁄", "/"],
  ["×", "x"],
]);
const TYPOGRAPHIC = new RegExp(`[${[...PLAIN.keys()].join("")}]`, "gu");

/** Combines accents with their letters and makes spaces plain; with `plainSigns` also replaces typographic characters. */
export function smsText(text: string, { plainSigns }: { plainSigns: boolean }): string {
  const plain = text
    .normalize("NFC")
    .replaceAll(LINE_ENDS, "\n")
    .replaceAll(SPACES, " ")
    .replaceAll(WIDTHLESS, "")
    .replaceAll(LEFT_OVER_JOINERS, "")
    .trim();
  return plainSigns ? plain.replaceAll(TYPOGRAPHIC, (sign) => PLAIN.get(sign) ?? sign) : plain;
}
