/** The RPCs of PlaceService. */
import type { PlaceServiceImplementation } from "../../../gen/herald/compliance/v1/place_service.ts";
import type { ZoneEvidence } from "../../../gen/herald/compliance/v1/place.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import { invalidField } from "../../lib/errors/errors.ts";
import { isRegion, normalisePhone, PHONE_FAULTS } from "../../lib/devices/phone.ts";
import { type Place, placeOf, stateOfPostalCode, zonesOfPostalCode } from "../../lib/place/place.ts";
import { hasCountryCode, type RegionLookup } from "../../lib/devices/written.ts";
import { offsetAt } from "../rules/engine/zone-clock.ts";

interface Deps {
  regionOf: (ctx: Ctx) => RegionLookup;
  now: () => Date;
}

export const placeService = ({ regionOf, now }: Deps): Handlers<PlaceServiceImplementation> => ({
  async resolvePlace(req, ctx) {
    const e164 = await readNumber(req.contactInfo, req.defaultRegion, regionOf(ctx));
    const place = placeOf(e164);
    const country = req.country.toUpperCase() || place.country;
    const postalCode = req.postalCode.trim();
    return {
      contactInfo: e164,
      country: place.country,
      state: place.state || (country === place.country ? stateOfPostalCode(country, postalCode) : ""),
      areaCode: place.areaCode,
      zones: evidence(e164, place, { country, postalCode }).map(([zone, evidence]) => shown(zone, evidence, now())),
    };
  },
});

async function readNumber(text: string, defaultRegion: string, regionOf: RegionLookup): Promise<string> {
  const region = defaultRegion.toUpperCase();
  if (region !== "" && !isRegion(region))
    throw invalidField("default_region", "Must be an ISO 3166-1 alpha-2 code such as US.");
  // A number with a country code needs no region, so any will do.
  const explains = region || (hasCountryCode(text) ? "US" : await regionOf());
  const { e164, fault } = normalisePhone(text, explains);
  if (fault !== undefined) throw invalidField("contact_info", PHONE_FAULTS[fault]);
  return e164;
}

/** Each zone with all evidence for it. */
function evidence(e164: string, place: Place, address: { country: string; postalCode: string }): [string, string][] {
  const byNumber = place.isLocal
    ? `number prefix ${e164.slice(0, place.areaCode ? 5 : 6)}`
    : `country ${place.country || "not known"}`;
  const found = new Map(place.zones.map((zone) => [zone, [byNumber]]));
  for (const zone of address.postalCode ? zonesOfPostalCode(address.country, address.postalCode) : []) {
    found.set(zone, [...(found.get(zone) ?? []), `postal code ${address.postalCode}`]);
  }
  const sorted = [...found].sort(([one], [other]) => (one < other ? -1 : 1));
  return sorted.map(([zone, reasons]) => [zone, reasons.join(", ")]);
}

function shown(zone: string, evidence: string, now: Date): ZoneEvidence {
  const local = new Date(now.getTime() + offsetAt(zone, now.getTime()));
  return { zone, evidence, localTime: local.toISOString().slice(0, 16), instant: now };
}
