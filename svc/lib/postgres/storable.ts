/** Text from outside, as PostgreSQL can keep it. */

/** Without NUL characters; what is half a character becomes U+FFFD. */
export const storable = (text: string): string => text.replaceAll("\0", "").toWellFormed();

/** JSON that PostgreSQL can keep, whatever the strings in it hold. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === "string" ? storable(part) : part));
