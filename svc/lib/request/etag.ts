/** Etags over a row's `version` column: changed by every write, opaque to callers. */
import { invalidFields } from "../errors/errors.ts";

/** The largest integer of Postgres. */
const LAST_VERSION = 2_147_483_647;

/** The etag of a row's version. */
export const etagOf = (version: number): string => `v${version.toString(36)}`;

/** The version that an etag was made of; undefined when the caller sent none and so accepts any. */
export function readEtag(etag: string | undefined, field = "etag"): number | undefined {
  if (!etag) return undefined;
  const version = /^v[0-9a-z]{1,6}$/.test(etag) ? Number.parseInt(etag.slice(1), 36) : Infinity;
  if (version > LAST_VERSION)
    throw invalidFields([{ field, description: "Not an etag of ours; send back the one you read." }]);
  return version;
}
