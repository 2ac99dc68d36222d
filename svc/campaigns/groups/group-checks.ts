/** Checks the settings of a campaign group before they are stored. Reports all violations, each with what would be right. Pure. */
import type { CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { DialingMode, type VoiceSettings } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import { type Treatment, TreatmentAction } from "../../../gen/herald/campaigns/v1/treatment.ts";
import type { CallResult, DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { Purpose } from "../../../gen/herald/common/v1/purpose.ts";
import { isId } from "../../lib/request/ids.ts";
import { Checks } from "../../lib/request/validate.ts";
import {
  checkEmailSender,
  checkEmailTexts,
  checkSmsSender,
  checkSmsTexts,
} from "../../lib/templates/message-checks.ts";
import { isUnknownFate, TRANSIENT_CALL_RESULTS } from "../../lib/outcomes/outcomes.ts";
import { isSuccess } from "../queue/outcomes.ts";

const MOST_LISTS = 50;
const MOST_TREATMENTS = 50;
const MOST_MESSAGES_PER_MINUTE = 1_000_000;
const THIRTY_DAYS_SECONDS = 30 * 86_400;
/** The form of a caller id. */
const E164 = /^\+[1-9]\d{6,14}$/;

/** The settings of a group that callers give. */
export type GroupSettings = Pick<
  CampaignGroup,
  | "name"
  | "description"
  | "contactListIds"
  | "channel"
  | "content"
  | "voice"
  | "suppressionListIds"
  | "ruleIds"
  | "treatments"
  | "messagesPerMinute"
  | "allowDuplicates"
  | "purpose"
  | "programId"
  | "providerId"
>;

/** Says for people what is wrong with a template; undefined if nothing is. */
export type FaultOf = (template: string) => string | undefined;

/** Returns the settings in the form in which they are stored; throws an error with all violations. `prefix` is the field of the request that holds them. */
export function checkGroup(group: GroupSettings, faultOf: FaultOf, prefix = "campaign_group."): GroupSettings {
  const check = new Checks();
  const at = (field: string) => prefix + field;
  const checked: GroupSettings = {
    name: check.name(at("name"), group.name),
    description: check.text(at("description"), group.description, { least: 0, most: 500, lines: true }),
    contactListIds: references(check, at("contact_list_ids"), group.contactListIds, { least: 1 }),
    channel: group.channel,
    content: withTemplateId(group.content),
    voice: group.voice,
    suppressionListIds: references(check, at("suppression_list_ids"), group.suppressionListIds),
    ruleIds: references(check, at("rule_ids"), group.ruleIds, { builtIn: true }),
    treatments: group.treatments,
    messagesPerMinute: group.messagesPerMinute,
    allowDuplicates: group.allowDuplicates,
    purpose: group.purpose || Purpose.PURPOSE_MARKETING,
    programId: check.id(at("program_id"), group.programId, { optional: true }),
    providerId: check.id(at("provider_id"), group.providerId, { optional: true }),
  };
  check.chosen(at("channel"), group.channel);
  check.chosen(at("purpose"), checked.purpose);
  if (group.channel === Channel.CHANNEL_VOICE) checkVoice(check, at, group);
  if (group.channel === Channel.CHANNEL_SMS || group.channel === Channel.CHANNEL_EMAIL)
    checkMessages(check, at, group, faultOf);
  check.count(at("treatments"), group.treatments, { most: MOST_TREATMENTS });
  group.treatments.forEach((treatment, i) => checkTreatment(check, at(`treatments[${i}].`), treatment, group.channel));
  check.done();
  return checked;
}

function references(
  check: Checks,
  field: string,
  ids: readonly string[],
  { least = 0, builtIn = false } = {},
): string[] {
  check.count(field, ids, { least, most: MOST_LISTS });
  const read = ids.map((id) => (isId(id.toLowerCase()) ? id.toLowerCase() : id));
  read.forEach((id, i) =>
    check.that(
      isId(id) || (builtIn && /^builtin:[\w.-]{1,100}$/.test(id)),
      `${field}[${i}]`,
      id ? "Not an id; ids are UUIDs." : "An id is required.",
    ),
  );
  read.forEach((id, i) => check.that(read.indexOf(id) === i, `${field}[${i}]`, "It is listed twice; remove one."));
  return read;
}

function checkMessages(check: Checks, at: (field: string) => string, group: GroupSettings, faultOf: FaultOf): void {
  check.that(!group.voice, at("voice"), "Only for CHANNEL_VOICE; leave it out.");
  check.int(at("messages_per_minute"), group.messagesPerMinute, { least: 0, most: MOST_MESSAGES_PER_MINUTE });
  const { content } = group;
  if (!content) return check.that(false, at("content"), "Required for SMS and email.");
  const inContent = (field: string) => at(`content.${field}`);
  if (content.messageTemplateId) return checkTemplate(check, inContent, content, group.channel);
  check.that(!content.messageTemplateVersion, inContent("message_template_version"), "Only with message_template_id.");
  if (group.channel === Channel.CHANNEL_SMS) checkSms(check, inContent, content);
  else checkEmail(check, inContent, content);
  for (const field of ["subject", "text", "html"] as const) {
    const fault = faultOf(content[field]);
    check.that(fault === undefined, inContent(field), `Not a Liquid template: ${fault}.`);
  }
}

/** Ids are kept in lower case. */
const withTemplateId = (content: MessageContent | undefined): MessageContent | undefined =>
  content?.messageTemplateId ? { ...content, messageTemplateId: content.messageTemplateId.toLowerCase() } : content;

/** The texts are those of the template; the group only says which, and from whom. */
function checkTemplate(check: Checks, at: (field: string) => string, content: MessageContent, channel: Channel): void {
  check.id(at("message_template_id"), content.messageTemplateId);
  check.int(at("message_template_version"), content.messageTemplateVersion ?? 0, { least: 0, most: 2_147_483_647 });
  for (const field of ["subject", "text", "html"] as const)
    check.that(content[field] === "", at(field), "The message template has it; leave it out.");
  check.that(!content.plainSigns, at("plain_signs"), "The message template has it; leave it out.");
  (channel === Channel.CHANNEL_SMS ? checkSmsSender : checkEmailSender)(check, at("from"), content.from);
}

function checkSms(check: Checks, at: (field: string) => string, content: MessageContent): void {
  checkSmsSender(check, at("from"), content.from);
  checkSmsTexts(check, at, content);
}

function checkEmail(check: Checks, at: (field: string) => string, content: MessageContent): void {
  check.that(!content.plainSigns, at("plain_signs"), "Only for CHANNEL_SMS; leave it out.");
  checkEmailSender(check, at("from"), content.from);
  checkEmailTexts(check, at, content);
}

function checkVoice(check: Checks, at: (field: string) => string, group: GroupSettings): void {
  check.that(!group.content, at("content"), "Only for SMS and email; leave it out.");
  check.that(
    group.messagesPerMinute === 0,
    at("messages_per_minute"),
    "Only for SMS and email; calls are paced by `voice`.",
  );
  const { voice } = group;
  if (!voice) return check.that(false, at("voice"), "Required for CHANNEL_VOICE.");
  const inVoice = (field: string) => at(`voice.${field}`);
  check.int(inVoice("max_ports"), voice.maxPorts, { least: 0, most: 10_000 });
  check.that(
    voice.ringTimeoutSeconds === 0 || isWithin(voice.ringTimeoutSeconds, 15, 120),
    inVoice("ring_timeout_seconds"),
    "Must be from 15 to 120; 0 means 25.",
  );
  check.that(
    voice.callerId === "" || E164.test(voice.callerId),
    inVoice("caller_id"),
    "Must be an E.164 number: `+12125550123`.",
  );
  check.int(inVoice("simulated_handling_seconds"), voice.simulatedHandlingSeconds, { least: 0, most: 86_400 });
  checkMode(check, inVoice, voice);
}

function checkMode(check: Checks, at: (field: string) => string, voice: VoiceSettings): void {
  const { mode, callsPerMinute, linesPerAgent, simulatedAgents } = voice;
  if (mode === DialingMode.DIALING_MODE_POWER) {
    check.int(at("calls_per_minute"), callsPerMinute, { least: 1, most: 60_000 });
    check.that(linesPerAgent === 0, at("lines_per_agent"), "Only for DIALING_MODE_PROGRESSIVE; leave it out.");
    check.that(simulatedAgents === 0, at("simulated_agents"), "Only for DIALING_MODE_PROGRESSIVE; leave it out.");
  } else if (mode === DialingMode.DIALING_MODE_PROGRESSIVE) {
    check.that(
      linesPerAgent === 0 || isWithin(linesPerAgent, 0.1, 10),
      at("lines_per_agent"),
      "Must be from 0.1 to 10; 0 means 1.",
    );
    check.int(at("simulated_agents"), simulatedAgents, { least: 1, most: 1_000 });
    check.that(callsPerMinute === 0, at("calls_per_minute"), "Only for DIALING_MODE_POWER; leave it out.");
  } else check.that(false, at("mode"), "Must be DIALING_MODE_PROGRESSIVE or DIALING_MODE_POWER.");
}

function checkTreatment(check: Checks, at: string, treatment: Treatment, channel: Channel): void {
  const forVoice = channel === Channel.CHANNEL_VOICE;
  check.name(`${at}name`, treatment.name, { least: 0 });
  check.chosen(`${at}action`, treatment.action);
  check.int(`${at}max_count`, treatment.maxCount, { least: 0, most: 100 });
  check.int(`${at}interval_seconds`, treatment.intervalSeconds, { least: 0, most: THIRTY_DAYS_SECONDS });
  check.int(`${at}increment_seconds`, treatment.incrementSeconds, { least: 0, most: THIRTY_DAYS_SECONDS });
  if (forVoice) {
    check.count(`${at}call_results`, treatment.callResults, { least: 1, most: 54 });
    check.that(
      treatment.deliveryStates.length === 0,
      `${at}delivery_states`,
      "Only for SMS and email; use call_results for voice.",
    );
    treatment.callResults.forEach((result, i) =>
      checkCallResult(check, `${at}call_results[${i}]`, result, treatment.action),
    );
  } else {
    check.count(`${at}delivery_states`, treatment.deliveryStates, { least: 1, most: 11 });
    check.that(
      treatment.callResults.length === 0,
      `${at}call_results`,
      "Only for voice; use delivery_states for SMS and email.",
    );
    treatment.deliveryStates.forEach((state, i) =>
      checkDeliveryState(check, `${at}delivery_states[${i}]`, state, treatment.action),
    );
  }
}

function checkCallResult(check: Checks, field: string, callResult: CallResult, action: TreatmentAction): void {
  check.chosen(field, callResult);
  check.that(
    !TRANSIENT_CALL_RESULTS.has(callResult),
    field,
    "No attempt ends with this result; it exists only for import and export.",
  );
  checkTrigger(check, field, { result: { $case: "callResult", callResult } }, action);
}

function checkDeliveryState(check: Checks, field: string, deliveryState: DeliveryState, action: TreatmentAction): void {
  check.chosen(field, deliveryState);
  checkTrigger(check, field, { result: { $case: "deliveryState", deliveryState } }, action);
}

/** A treatment that can never be applied is a mistake: it is refused instead of ignored. */
function checkTrigger(
  check: Checks,
  field: string,
  outcome: Parameters<typeof isSuccess>[0],
  action: TreatmentAction,
): void {
  const finishes = action === TreatmentAction.TREATMENT_ACTION_FINISH;
  check.that(
    finishes || !isSuccess(outcome),
    field,
    "The contact was reached, which closes the chain; only TREATMENT_ACTION_FINISH is possible.",
  );
  check.that(
    !isUnknownFate(outcome),
    field,
    "An attempt with an unknown outcome is never tried again by itself; no treatment is possible.",
  );
}

const isWithin = (value: number, least: number, most: number): boolean =>
  Number.isFinite(value) && value >= least && value <= most;
