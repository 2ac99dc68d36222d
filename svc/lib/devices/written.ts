/** Reads a device as a person writes it, for checks, filters, searches and suppression, so that all of them read it in the same way. */
import { looksLikeEmail, normaliseEmail } from "./email.ts";
import { normalisePhone } from "./phone.ts";

/** Gives the region of a tenant's numbers. Called only for a number without a country code. */
export type RegionLookup = () => Promise<string>;

/** For a number with a country code, any region will do. */
const ANY_REGION = "US";

export const hasCountryCode = (text: string): boolean => /^\s*(?:\+|00)/.test(text);

/** Whether a text may be intended as a number, and not as a name or a client id. */
const mayBePhone = (text: string) => /\d.*\d.*\d/s.test(text) && !/[^\d\s()./+-]/.test(text);

/** The form in which devices are stored and compared. A text that is neither a number nor an address comes back unchanged. */
export async function writtenDevice(text: string, regionOf: RegionLookup): Promise<string> {
  const device = text.trim();
  if (looksLikeEmail(device)) return normaliseEmail(device).address ?? device.toLowerCase();
  if (!mayBePhone(device)) return device;
  return normalisePhone(device, hasCountryCode(device) ? ANY_REGION : await regionOf()).e164 ?? device;
}
