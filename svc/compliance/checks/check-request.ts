/** Validates the checks that callers send. Everything that is wrong is reported with its field. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import { isId } from "../../lib/request/ids.ts";
import { zoneNamed } from "../../lib/place/zones.ts";
import { Checks } from "../../lib/request/validate.ts";

const MOST_CHECKS = 1_000;
const MOST_NAMED = 100;
const MOST_ZONES = 50;

/** Refuses a batch that is empty or too large, or in which any check is wrong. */
export function readBatch(checks: readonly AttemptCheck[], knownRuleIds: ReadonlySet<string>): void {
  const check = new Checks();
  check.count("checks", checks, { least: 1, most: MOST_CHECKS });
  for (const [i, one] of checks.entries()) {
    if (one.attemptId === "")
      check.that(
        false,
        `checks[${i}].attempt_id`,
        'An id is required in a batch; only CheckAttempt answers "what if".',
      );
    readCheck(check, `checks[${i}].`, one, knownRuleIds);
  }
  check.done();
}

/** Refuses a single check in which anything is wrong. */
export function readSingle(one: AttemptCheck | undefined, knownRuleIds: ReadonlySet<string>): AttemptCheck {
  const check = new Checks();
  check.that(one !== undefined, "check", "Required.");
  if (one) readCheck(check, "check.", one, knownRuleIds);
  check.done();
  return one as AttemptCheck;
}

/** Most checks have no fault, so field names are only built for those that have one: this is a hot path. */
function readCheck(check: Checks, path: string, one: AttemptCheck, knownRuleIds: ReadonlySet<string>): void {
  const wrong = (field: string, description: string) => check.that(false, `${path}${field}`, description);
  if (one.attemptId !== "" && !isId(one.attemptId)) wrong("attempt_id", "Not an id; ids are UUIDs in lower case.");
  if (!isChannel(one.channel)) wrong("channel", "Must be CHANNEL_VOICE, CHANNEL_SMS or CHANNEL_EMAIL.");
  if (one.contactInfo === "") wrong("contact_info", "Required: an E.164 number or an email address.");
  if (one.contactInfo.length > 320)
    wrong("contact_info", `Must have at most 320 characters; it has ${one.contactInfo.length}.`);
  if (one.clientId.length > 128) wrong("client_id", `Must have at most 128 characters; it has ${one.clientId.length}.`);
  if (hasNul(one.contactInfo) || hasNul(one.clientId))
    wrong("contact_info", "Neither it nor the client id may hold NUL characters.");
  if (one.campaignGroupId !== "" && !isId(one.campaignGroupId))
    wrong("campaign_group_id", "Not an id; ids are UUIDs in lower case.");
  if (one.recordId !== "" && !isId(one.recordId)) wrong("record_id", "Not an id; ids are UUIDs in lower case.");
  if (one.leaseNumber < 0) wrong("lease_number", `Must be 0 or more; it is ${one.leaseNumber}.`);
  if (one.programId !== "" && !isId(one.programId)) wrong("program_id", "Not an id; ids are UUIDs in lower case.");
  checkPlace(one, wrong);
  if (one.suppressionListIds.length > MOST_NAMED)
    wrong("suppression_list_ids", `Must have at most ${MOST_NAMED} entries.`);
  for (const [i, id] of one.suppressionListIds.entries())
    if (!isId(id)) wrong(`suppression_list_ids[${i}]`, "Not an id; ids are UUIDs in lower case.");
  checkRuleIds(one.ruleIds, knownRuleIds, wrong);
}

/** Says what is wrong with a field. */
type Wrong = (field: string, description: string) => void;

/** Validates the fields that say where the contact is. */
export function checkPlace(
  { country, state, zones }: Pick<AttemptCheck, "country" | "state" | "zones">,
  wrong: Wrong,
): void {
  if (country !== "" && !/^[A-Za-z]{2}$/.test(country))
    wrong("country", "Must be an ISO 3166-1 alpha-2 code such as US.");
  if (state !== "" && !/^[A-Za-z0-9]{1,3}$/.test(state))
    wrong("state", "Must be an ISO 3166-2 code without the country, such as TX.");
  if (state !== "" && country === "") wrong("country", "Required with a state, which says nothing without it.");
  if (zones.length > MOST_ZONES) wrong("zones", `Must have at most ${MOST_ZONES} entries; it has ${zones.length}.`);
  for (const [i, zone] of zones.entries()) {
    if (zoneNamed(zone) === undefined) wrong(`zones[${i}]`, "No time zone of the IANA database has this name.");
  }
}

/** Refuses unknown rule ids: a misspelt id must not let an attempt pass. The ids of deleted rules are known. */
export function checkRuleIds(ruleIds: readonly string[], knownRuleIds: ReadonlySet<string>, wrong: Wrong): void {
  if (ruleIds.length > MOST_NAMED) wrong("rule_ids", `Must have at most ${MOST_NAMED} entries.`);
  for (const [i, id] of ruleIds.entries()) {
    if (!knownRuleIds.has(id)) wrong(`rule_ids[${i}]`, "This tenant never had a rule with this id.");
  }
}

/** Whether it is a channel that attempts are made on. */
export const isChannel = (channel: Channel): boolean =>
  channel === Channel.CHANNEL_VOICE || channel === Channel.CHANNEL_SMS || channel === Channel.CHANNEL_EMAIL;
const hasNul = (text: string) => text.includes("\0");
