/** Field masks: which fields of a resource an update may change, and to what. */
import { invalidFields } from "../errors/errors.ts";

/** The fields to set, with the keys that say which row and which version of it is meant. */
export interface MaskedChange<T, K extends keyof T> {
  id: string;
  etag: string;
  set: Partial<Pick<T, K>>;
}

/** So many wrong paths of one mask are reported. */
const MOST_TOLD = 20;

/**
 * Reads an update: only the fields named by `mask` (or, with an empty mask, all that have a value) and only those in `allowed`.
 * A path that is not allowed is refused by name, so that a misspelt or read-only field never passes unnoticed.
 */
export function masked<T extends object, K extends keyof T & string>(
  resource: T | undefined,
  mask: readonly string[] | undefined,
  allowed: readonly K[],
  field = "update_mask",
): MaskedChange<T, K> {
  if (!resource) throw invalidFields([{ field: "resource", description: "The resource to update is required." }]);
  const paths = mask?.length ? mask.map(camelCase) : allowed.filter((name) => hasValue(resource[name]));
  const unknown = paths.filter((path) => !allowed.includes(path as K));
  if (unknown.length > 0) {
    const told = unknown.slice(0, MOST_TOLD).map((path) => unknownPath(field, path, allowed));
    throw invalidFields(told, unknown.length - told.length);
  }
  const { id = "", etag = "" } = resource as { id?: string; etag?: string };
  return { id, etag, set: Object.fromEntries(paths.map((path) => [path, resource[path as K]])) as Partial<Pick<T, K>> };
}

/** Turns the fields of a change into `column = $n` pairs for an update, after `first` parameters that are used already. */
export function assignments(set: Readonly<Record<string, unknown>>, first: number): { sql: string; values: unknown[] } {
  const entries = Object.entries(set);
  return {
    sql: entries.map(([name], i) => `${snakeCase(name)} = $${first + i}`).join(", "),
    values: entries.map(([, value]) => value),
  };
}

/** A proto3 field that is at its default cannot be told from an absent one, except messages and optional fields. */
function hasValue(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === 0 || value === false) return false;
  return !(Array.isArray(value) && value.length === 0);
}

const unknownPath = (field: string, path: string, allowed: readonly string[]) => ({
  field,
  description: `"${snakeCase(path)}" cannot be updated; these can: ${allowed.map(snakeCase).join(", ")}.`,
});

const camelCase = (path: string) => path.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const snakeCase = (path: string) => path.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
