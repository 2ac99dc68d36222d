/** Words by which people opt out of text messages, whatever the case, the accents and the punctuation around them. Pure. */

const WORDS = new Set([
  ...["STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "OPT OUT"],
  ...["ALTO", "PARAR", "ARRET", "STOPP"],
]);

/** Tells whether a message says nothing but that its sender wants no more. */
export const isOptOut = (text: string): boolean => WORDS.has(wordsOf(text));

/** The letters and digits alone, in capitals, one space where anything else stood between them. */
function wordsOf(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
