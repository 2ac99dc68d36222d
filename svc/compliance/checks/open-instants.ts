/** Finds from when attempts may be made at places. Campaigns plans its queue by it. */
import type { FindOpenInstantsRequest } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import { BadRequest_FieldViolation } from "../../../gen/google/rpc/error_details.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { RefusalReason } from "../../../gen/herald/compliance/v1/decision.ts";
import type { AttemptPlace, OpenInstant } from "../../../gen/herald/compliance/v1/open_instant.ts";
import { Checks } from "../../lib/request/validate.ts";
import { openFrom } from "../rules/engine/open-instant.ts";
import type { RuleSet } from "../rules/engine/rule-set.ts";
import { checkPlace, checkRuleIds, isChannel } from "./check-request.ts";
import { type Device, planFor } from "./subject.ts";

const UNSPECIFIED = RefusalReason.REFUSAL_REASON_UNSPECIFIED;
const MOST_PLACES = 1_000;
const MOST_CHARACTERS = 320;

/** Validates the request apart from its places. A place that cannot be read gets an answer that says so. */
export function readPlaces(req: FindOpenInstantsRequest, knownRuleIds: ReadonlySet<string>): void {
  const check = new Checks();
  const wrong = (field: string, description: string) => check.that(false, field, description);
  if (!isChannel(req.channel)) wrong("channel", "Must be CHANNEL_VOICE, CHANNEL_SMS or CHANNEL_EMAIL.");
  checkRuleIds(req.ruleIds, knownRuleIds, wrong);
  check.count("places", req.places, { most: MOST_PLACES });
  check.done();
}

/** One answer for each place, in their order. */
export function openInstants(
  ruleSet: RuleSet,
  { channel, ruleIds, places }: FindOpenInstantsRequest,
  nowMs: number,
): OpenInstant[] {
  return places.map((place) => {
    const faults = faultsOf(place, channel);
    if (faults.length > 0) return { openTime: undefined, reason: UNSPECIFIED, ruleId: "", faults };
    const plan = planFor(ruleSet, { ...place, channel, ruleIds }, deviceOf(place));
    const { openMs, reason, ruleId } = openFrom(plan, channel, Math.max(nowMs, place.notBefore?.getTime() ?? nowMs));
    return { openTime: openMs === undefined ? undefined : new Date(openMs), reason, ruleId, faults };
  });
}

/** The faults because of which a check with the same fields would be refused. */
function faultsOf(place: AttemptPlace, channel: Channel): OpenInstant["faults"] {
  const check = new Checks();
  const wrong = (field: string, description: string) => check.that(false, field, description);
  checkPlace(place, wrong);
  if (place.contactInfo !== "" && !isReadable(place.contactInfo, channel))
    wrong("contact_info", "Must be an E.164 number, a plus sign and digits alone; empty for email.");
  return check.violations.map((violation) => BadRequest_FieldViolation.fromPartial(violation));
}

const isReadable = (contactInfo: string, channel: Channel): boolean =>
  channel === Channel.CHANNEL_EMAIL
    ? contactInfo.length <= MOST_CHARACTERS
    : /^\+\d+$/.test(contactInfo) && contactInfo.length <= MOST_CHARACTERS;

/** Without a number, only the address tells where the contact is. */
const deviceOf = ({ contactInfo }: AttemptPlace): Device => ({
  value: contactInfo,
  fault: contactInfo === "" ? "There is no number." : undefined,
});
