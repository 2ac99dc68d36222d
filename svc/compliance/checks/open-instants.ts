/** From when attempts may be made at places, for whoever plans them. */
import type { FindOpenInstantsRequest } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { AttemptPlace, OpenInstant } from "../../../gen/herald/compliance/v1/open_instant.ts";
import { Checks } from "../../lib/request/validate.ts";
import { openFrom } from "../rules/engine/open-instant.ts";
import type { RuleSet } from "../rules/engine/rule-set.ts";
import { checkPlace, checkRuleIds, isChannel } from "./check-request.ts";
import { planFor } from "./subject.ts";

const MOST_PLACES = 1_000;
const MOST_CHARACTERS = 320;

/** Refuses a request in which anything is wrong, as a check with the same fields would be refused. */
export function readPlaces(req: FindOpenInstantsRequest, knownRuleIds: ReadonlySet<string>): void {
  const check = new Checks();
  const wrong = (field: string, description: string) => check.that(false, field, description);
  if (!isChannel(req.channel)) wrong("channel", "Must be CHANNEL_VOICE, CHANNEL_SMS or CHANNEL_EMAIL.");
  checkRuleIds(req.ruleIds, knownRuleIds, wrong);
  check.count("places", req.places, { most: MOST_PLACES });
  for (const [i, place] of req.places.entries()) {
    const wrongHere = (field: string, description: string) => wrong(`places[${i}].${field}`, description);
    checkPlace(place, wrongHere);
    const { contactInfo } = place;
    if (contactInfo !== "" && !isReadable(contactInfo, req.channel))
      wrongHere("contact_info", "Must be an E.164 number, a plus sign and digits alone; empty for email.");
  }
  check.done();
}

/** One answer for each place, in their order. */
export function openInstants(
  ruleSet: RuleSet,
  { channel, ruleIds, places }: FindOpenInstantsRequest,
  nowMs: number,
): OpenInstant[] {
  return places.map((place) => {
    const plan = planFor(ruleSet, { ...place, channel, ruleIds }, { value: place.contactInfo, fault: faultOf(place) });
    const { openMs, reason, ruleId } = openFrom(plan, channel, Math.max(nowMs, place.notBefore?.getTime() ?? nowMs));
    return { openTime: openMs === undefined ? undefined : new Date(openMs), reason, ruleId };
  });
}

const isReadable = (contactInfo: string, channel: Channel): boolean =>
  channel === Channel.CHANNEL_EMAIL
    ? contactInfo.length <= MOST_CHARACTERS
    : /^\+\d+$/.test(contactInfo) && contactInfo.length <= MOST_CHARACTERS;

/** Without a number the address alone tells where the contact is. */
const faultOf = ({ contactInfo }: AttemptPlace) => (contactInfo === "" ? "none" : undefined);
