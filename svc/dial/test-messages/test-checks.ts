/**
 * What compliance is asked about a test message. Nobody knows who uses a device that somebody typed. So it is asked about everybody whom
 * the group's lists know by this device, as the campaign would ask. Of an unknown device only the device itself is known: a number shows
 * its own places, and an address counts as being in the tenant's country. No campaign is named, since one that does not run yet would be
 * refused for that.
 */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import type { Decision } from "../../../gen/herald/compliance/v1/decision.ts";
import type { AttemptCheckServiceDefinition } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import type { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import { forEachConcurrently } from "../../lib/async/batch.ts";
import type { Calls, CallScope } from "../../lib/client/client.ts";
import { refusalOf } from "../pipeline/permit/permit.ts";

const ASKED_AT_ONCE = 8;

interface TestedDevice {
  record: ContactRecord;
  contactInfo: string;
  country: string;
}

/** One check for each of those who may have the device; never none. Pure. */
export function checksOf(
  check: AttemptCheck,
  { record, contactInfo, country }: TestedDevice,
  holders: readonly ContactRecord[],
): AttemptCheck[] {
  const known = [record, ...holders].flatMap((holder) => knownOf(holder, contactInfo) ?? []);
  const place = { state: "", country: check.channel === Channel.CHANNEL_EMAIL ? country : "" };
  const unknown = { ...place, clientId: "", zones: [], zoneIsCertain: false };
  const different = new Map((known.length > 0 ? known : [unknown]).map((one) => [JSON.stringify(one), one]));
  return [...different.values()].map((one) => ({ ...check, ...one }));
}

function knownOf({ clientId, devices, zone, state, country }: ContactRecord, contactInfo: string) {
  const device = devices.find((one) => one.contactInfo === contactInfo);
  if (!device) return undefined;
  return { state: country === "" ? "" : state, country, clientId, zones: device.zones, zoneIsCertain: zone !== "" };
}

/** The decision about all of them: the first refusal, or else the first permission. As it is a "what if", no cap counts it. */
export async function decideAll(
  client: Calls<typeof AttemptCheckServiceDefinition>,
  checks: readonly AttemptCheck[],
  scope: CallScope,
): Promise<Decision> {
  const decisions: Decision[] = [];
  await forEachConcurrently(checks.entries(), ASKED_AT_ONCE, async ([i, check]) => {
    const { decision } = await client.checkAttempt({ check }, scope);
    if (!decision) throw new Error("compliance did not decide");
    decisions[i] = decision;
  });
  return (decisions.find(refusalOf) ?? decisions[0]) as Decision;
}
