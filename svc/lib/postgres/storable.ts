/** Text from outside, as PostgreSQL can keep it. */

/** Without NUL characters; what is half a character becomes U+FFFD. */
export const storable = (text: string): string => text.replaceAll("\0", "").toWellFormed();

/** The same value with each string in it so that it can be kept. */
export function storableValue<T>(value: T): T {
  if (typeof value === "string") return storable(value) as T;
  if (Array.isArray(value)) return value.map(storableValue) as T;
  if (typeof value !== "object" || value === null || value instanceof Date || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, storableValue(part as unknown)])) as T;
}

/** JSON that PostgreSQL can keep, whatever the strings in it hold. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === "string" ? storable(part) : part));
