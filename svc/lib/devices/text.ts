/** Text as people see it: without the invisible characters that come along when texts are copied. */

/** Most values are plain ASCII, which has none of them. */
const NOT_PLAIN = /[^\t\n\r -~]/;
/** Format characters, variation selectors, fillers; Hangul and Mongolian ones among them. */
const UNSEEN = /[\p{Cf}\p{Variation_Selector}\u034f\u115f\u1160\u17b4\u17b5\u2065\u3164\uffa0]/u;
const ALL_UNSEEN = new RegExp(UNSEEN.source, "gu");
const ODD_SPACES = /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]/g;
const BESIDE = /[\p{L}\p{M}]/u;

/** The text without invisible characters and with ordinary spaces. Joiners stay in words of scripts that need them. */
export function visible(text: string): string {
  if (!NOT_PLAIN.test(text)) return text;
  const seen = UNSEEN.test(text)
    ? text.replaceAll(ALL_UNSEEN, (sign, at: number) => (joins(text, sign, at) ? sign : ""))
    : text;
  return seen.replaceAll(ODD_SPACES, " ");
}

/** Invisible characters that are needed: they join emoji, or choose a form of the character before them. */
const NEEDED =
  /\p{RGI_Emoji}|[\p{Script=Han}\p{Script=Mongolian}\p{Script=Phags_Pa}\p{Script=Myanmar}]\p{Variation_Selector}|[\p{Emoji}--[0-9#*]][\ufe0e\ufe0f]/gv;
/** Format characters that are visible: they are drawn around or above the digits after them. Those of hieroglyphs arrange signs. */
const SHOWN_FORMATS = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}\u{13430}-\u{1343f}]/gu;

/** The first invisible character, which could make two names look alike; undefined if all are visible or needed by the script. */
export function unseenIn(text: string): string | undefined {
  if (!NOT_PLAIN.test(text)) return undefined;
  const rest = text.replaceAll(NEEDED, "\ufffc").replaceAll(SHOWN_FORMATS, "\ufffc");
  for (const { 0: sign, index } of rest.matchAll(ALL_UNSEEN)) if (!joins(rest, sign, index)) return sign;
  return undefined;
}

/** Persian, Hindi and others write words with joiners between letters; between Latin letters they mean nothing. */
function joins(text: string, sign: string, at: number): boolean {
  if (sign !== "\u200c" && sign !== "\u200d") return false;
  const before = text.charAt(at - 1);
  const after = text.charAt(at + 1);
  return before > "\u02ff" && after > "\u02ff" && BESIDE.test(before) && BESIDE.test(after);
}
