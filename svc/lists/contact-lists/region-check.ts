/** Reads the country that applies to numbers without a country code in a list or a file. */
import { isRegion } from "../../lib/devices/phone.ts";
import type { Checks } from "../../lib/request/validate.ts";

/** A country as ISO 3166-1 alpha-2, in upper case; empty where none is given. */
export function checkRegion(check: Checks, field: string, value: string): string {
  const region = value.trim().toUpperCase();
  check.that(region === "" || isRegion(region), field, "Must be a country of ISO 3166-1 alpha-2, such as US.");
  return region;
}
