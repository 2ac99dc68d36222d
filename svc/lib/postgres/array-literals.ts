/**
 * PostgreSQL array literals, for statements that write a batch. The driver quotes and escapes every value, which takes most of its time for
 * a batch. But ids, numbers and times need neither, and few texts need escapes.
 */

/** An array of ids, numbers or booleans. Never use it for texts from outside: it does not escape. */
export const plainArray = (values: readonly (string | number | boolean | null)[]): string =>
  `{${values.map((value) => value ?? "NULL").join()}}`;

/** An array of times. */
export const timeArray = (values: readonly (Date | null | undefined)[]): string =>
  `{${values.map((value) => value?.toISOString() ?? "NULL").join()}}`;

/** An array of any texts, escaped. */
export const textArray = (values: readonly (string | null)[]): string =>
  `{${values.map((value) => (value === null ? "NULL" : quoted(value))).join()}}`;

const quoted = (text: string): string => `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, "\\$&") : text}"`;
