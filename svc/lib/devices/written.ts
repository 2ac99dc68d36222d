/** A device as a person writes it, wherever one is asked for: in checks, filters, searches, suppression. One home, so that all understand alike. */
import { looksLikeEmail, normaliseEmail } from "./email.ts";
import { normalisePhone } from "./phone.ts";

/** Gives the region by which a tenant's numbers are read; asked only where a number has no country code. */
export type RegionLookup = () => Promise<string>;

/** Any region explains a number with a country code. */
const ANY_REGION = "US";

export const hasCountryCode = (text: string): boolean => /^\s*(?:\+|00)/.test(text);

/** Whether a text may be meant as a number at all, and not as a name or a client id. */
const mayBePhone = (text: string) => /\d.*\d.*\d/s.test(text) && !/[^\d\s()./+-]/.test(text);

/** The form in which devices are kept and compared; a text that is neither number nor address comes back as it is. */
export async function writtenDevice(text: string, regionOf: RegionLookup): Promise<string> {
  const device = text.trim();
  if (looksLikeEmail(device)) return normaliseEmail(device).address ?? device.toLowerCase();
  if (!mayBePhone(device)) return device;
  return normalisePhone(device, hasCountryCode(device) ? ANY_REGION : await regionOf()).e164 ?? device;
}
