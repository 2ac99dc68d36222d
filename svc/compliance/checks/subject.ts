/** Turns a check into what the rules need: the device as lists write it, where the contact may be, and which rules apply there. Pure. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import { EMAIL_FAULTS, normaliseEmail } from "../../lib/devices/email.ts";
import { normalisePhone, PHONE_FAULTS } from "../../lib/devices/phone.ts";
import { type Place, placeOf, zonesOfCountry, zonesOfState } from "../../lib/place/place.ts";
import { zoneNamed } from "../../lib/place/zones.ts";
import type { Evidence } from "../rules/engine/evidence.ts";
import type { Plan, RuleSet } from "../rules/engine/rule-set.ts";

/** A device as suppression lists write it, or why it cannot be reached. */
export interface Device {
  value: string;
  fault: string | undefined;
}

/** Numbers in E.164 need no region. The parser asks for one, so it gets any. */
const ANY_REGION = "US";

export function readDevice({ channel, contactInfo }: AttemptCheck): Device {
  if (channel === Channel.CHANNEL_EMAIL) {
    const { address, fault } = normaliseEmail(contactInfo);
    return address === undefined
      ? { value: contactInfo, fault: EMAIL_FAULTS[fault] }
      : { value: address, fault: undefined };
  }
  if (!contactInfo.startsWith("+"))
    return {
      value: contactInfo,
      fault: "It is not an E.164 number: a plus sign, the country code, the number, without spaces.",
    };
  const { e164, fault } = normalisePhone(contactInfo, ANY_REGION);
  if (fault !== undefined) return { value: contactInfo, fault: PHONE_FAULTS[fault] };
  // Some countries have changed how their numbers are written. Lists use the present form.
  return /^\+\d+$/.test(contactInfo)
    ? { value: e164, fault: undefined }
    : { value: contactInfo, fault: "It is not an E.164 number: a plus sign, then digits alone." };
}

/** The fields of a check that decide which rules apply, besides its number. */
type Whereabouts = Pick<AttemptCheck, "channel" | "zones" | "zoneIsCertain" | "state" | "country" | "ruleIds">;

/** Finds the rules that apply to the attempt. Attempts of the same channel, place and group share one plan. */
export function planFor(ruleSet: RuleSet, check: Whereabouts, device: Device): Plan {
  const isPhone = check.channel !== Channel.CHANNEL_EMAIL && device.fault === undefined;
  const place = isPhone ? placeOf(device.value) : undefined;
  return ruleSet.plan(planKey(check, place), check.channel, check.ruleIds, () => evidenceOf(check, place));
}

/** A key with everything on which evidence and rules depend. */
function planKey(
  { channel, zones, zoneIsCertain, state, country, ruleIds }: Whereabouts,
  place: Place | undefined,
): string {
  const number = place
    ? `${place.country} ${place.state} ${place.areaCode} ${place.isLocal} ${place.zones.join()}`
    : "";
  return `${channel}|${number}|${country} ${state} ${zoneIsCertain}|${zones.join()}|${ruleIds.join()}`;
}

/** Number and address count both: a mobile number of one state may belong to somebody who lives in another. */
export function evidenceOf(
  check: Pick<AttemptCheck, "zones" | "zoneIsCertain" | "state" | "country">,
  place: Place | undefined,
): Evidence {
  const country = check.country.toUpperCase();
  const state = check.state.toUpperCase();
  return {
    countries: distinct([place?.country, country]),
    states: distinct([place?.state && `${place.country}-${place.state}`, country && state && `${country}-${state}`]),
    areaCode: place?.areaCode ? `+1${place.areaCode}` : "",
    zones: zonesOf(check.zones, check.zoneIsCertain, { country, state }, place),
  };
}

/** The zones of the caller and those of the number. If there are none, the zones of the address. */
function zonesOf(
  given: readonly string[],
  isCertain: boolean,
  address: { country: string; state: string },
  place: Place | undefined,
): string[] {
  const zones = given.flatMap((zone) => zoneNamed(zone) ?? []);
  if (zones.length > 0 && (isCertain || !place)) return distinct(zones);
  // Such a number only tells its country, and the address in that country tells more.
  if (zones.length > 0 && place && !place.isLocal && place.country === address.country) return distinct(zones);
  const ofState = zonesOfState(address.country, address.state);
  const ofAddress = ofState.length > 0 ? ofState : zonesOfCountry(address.country);
  return distinct([...zones, ...(place?.zones ?? []), ...(zones.length === 0 ? ofAddress : [])]);
}

const distinct = (texts: readonly (string | undefined)[]): string[] =>
  [...new Set(texts.filter((text): text is string => Boolean(text)))].sort();
