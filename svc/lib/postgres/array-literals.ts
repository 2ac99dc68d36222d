/**
 * Arrays as PostgreSQL reads them, for statements that write a batch. The driver quotes and escapes every value, which for a batch takes
 * longer than all else it does: ids, numbers and times need neither, and few texts need escapes.
 */

/** Of ids, numbers and truth values; never of texts from outside. */
export const plainArray = (values: readonly (string | number | boolean | null)[]): string =>
  `{${values.map((value) => value ?? "NULL").join()}}`;

/** Of times. */
export const timeArray = (values: readonly (Date | null | undefined)[]): string =>
  `{${values.map((value) => value?.toISOString() ?? "NULL").join()}}`;

/** Of any texts. */
export const textArray = (values: readonly (string | null)[]): string =>
  `{${values.map((value) => (value === null ? "NULL" : quoted(value))).join()}}`;

const quoted = (text: string): string => `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, "\\$&") : text}"`;
