/** Chooses the language of a page. Pure. */

/** The languages that pages are written in; the first is for everybody else. */
export const LANGUAGES = ["en", "de", "fr", "es"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Longer headers are made by nobody's browser. */
const LONGEST_HEADER = 500;

/** The one that was chosen on the page, or else the best of the browser's (`accept-language`), or else the tenant's. */
export function chooseLanguage(chosen: string, accepted: string, tenantLocale: string): Language {
  const wishes = [chosen, ...byPreference(accepted.slice(0, LONGEST_HEADER)), tenantLocale];
  for (const wish of wishes) {
    const found = LANGUAGES.find(
      (language) => language === wish.trim().slice(0, 2).toLowerCase() && /^[a-z]{2}(?:-|$)/i.test(wish.trim()),
    );
    if (found) return found;
  }
  return LANGUAGES[0];
}

/** `fr-CH, de;q=0.8, *;q=0.1` in the order of its weights; what weighs nothing is refused. */
const byPreference = (accepted: string): string[] =>
  accepted
    .split(",")
    .map((range) => {
      const [tag = "", ...parameters] = range.split(";").map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
      return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
