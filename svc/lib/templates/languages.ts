/** Languages of messages, named as BCP 47 does. Pure. */

/** The canonical form of a language: `pt-BR` for `pt_br`. Undefined if it is not one. */
export function canonicalLanguage(text: string): string | undefined {
  // Longer first parts are well-formed, but names nothing: people write `english`.
  if (!/^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*$/.test(text)) return undefined;
  try {
    return Intl.getCanonicalLocales(text.replaceAll("_", "-"))[0];
  } catch {
    return undefined;
  }
}

/** A language and what it is a form of, from the closest on: `zh-Hant-TW`, `zh-Hant`, `zh`. */
export function languageChain(language: string): string[] {
  const parts = language.split("-");
  return parts
    .map((_, i) => parts.slice(0, parts.length - i))
    .filter((some) => (some.at(-1) ?? "").length > 1)
    .map((some) => some.join("-"));
}
