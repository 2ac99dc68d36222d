/** Text as people see it: without the signs that nobody sees, which come along when texts are copied. */

/** Plain ASCII, as most values are, has none of them. */
const NOT_PLAIN = /[^\t\n\r -~]/;
/** Format characters, variation selectors, fillers; Hangul and Mongolian ones among them. */
const UNSEEN = /[\p{Cf}\p{Variation_Selector}\u034f\u115f\u1160\u17b4\u17b5\u2065\u3164\uffa0]/u;
const ALL_UNSEEN = new RegExp(UNSEEN.source, "gu");
const ODD_SPACES = /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]/g;
const BESIDE = /[\p{L}\p{M}]/u;

/** The text without invisible signs, each odd space an ordinary one. Joiners stay within words of scripts that need them. */
export function visible(text: string): string {
  if (!NOT_PLAIN.test(text)) return text;
  const seen = UNSEEN.test(text)
    ? text.replaceAll(ALL_UNSEEN, (sign, at: number) => (joins(text, sign, at) ? sign : ""))
    : text;
  return seen.replaceAll(ODD_SPACES, " ");
}

/** Persian, Hindi and others write words with joiners between letters; between Latin letters they mean nothing. */
function joins(text: string, sign: string, at: number): boolean {
  if (sign !== "\u200c" && sign !== "\u200d") return false;
  const before = text.charAt(at - 1);
  const after = text.charAt(at + 1);
  return before > "\u02ff" && after > "\u02ff" && BESIDE.test(before) && BESIDE.test(after);
}
