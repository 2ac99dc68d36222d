/** Text from outside, in a form that PostgreSQL can store. */

/** Removes NUL characters, and replaces lone halves of surrogate pairs by U+FFFD. */
export const storable = (text: string): string => text.replaceAll("\0", "").toWellFormed();

/** Whether a NUL is in any string of a value. */
export function hasNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  if (typeof value !== "object" || value === null || value instanceof Date || ArrayBuffer.isView(value)) return false;
  return Object.values(value).some(hasNul);
}

/** The same value, with each string in it storable. */
export function storableValue<T>(value: T): T {
  if (typeof value === "string") return storable(value) as T;
  if (Array.isArray(value)) return value.map(storableValue) as T;
  if (typeof value !== "object" || value === null || value instanceof Date || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, storableValue(part as unknown)])) as T;
}

/** JSON that PostgreSQL can store, whatever its strings contain. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === "string" ? storable(part) : part));
