/** Array parameters as Postgres reads them, written here because a batch has many: ids and numbers need no quotes, and few texts need escapes. */

/** Of ids and numbers. */
export const plainArray = (values: readonly (string | number | null)[]): string =>
  `{${values.map((value) => value ?? "NULL").join()}}`;

/** Of any texts. */
export const textArray = (values: readonly (string | null)[]): string =>
  `{${values.map((value) => (value === null ? "NULL" : quoted(value))).join()}}`;

const quoted = (text: string): string => `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, "\\$&") : text}"`;
