/** The text of an SMS as it is sent: what phones show alike and what the SMS alphabet has, so that one odd sign does not double a message. Pure. */

/** Spaces of any width; the alphabet has one. */
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]/g;
const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029\v\f]/g;
/** Signs of no width that say nothing: zero width space, word joiner, byte order mark, soft hyphen. */
const WIDTHLESS = /[\u200b\u2060\ufeff\u00ad]/g;
/** Joiners join emoji, and letters of scripts that have such; among others they are left over from copying. */
const LEFT_OVER_JOINERS =
  /(?<=^|[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\p{Z}\n])[\u200c\u200d]+/gu;

/** Typographic signs, and what is typed for them. */
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

/** Accents become one with their letters, odd spaces plain ones; with `plainSigns` typographic signs what is typed for them. */
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
