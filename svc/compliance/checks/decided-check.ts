/** The steps from a check to its decision: prepare it, decide it, write the row that is stored, make the answer. Pure. */
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import { type Decision, RefusalReason, Verdict as VerdictValue } from "../../../gen/herald/compliance/v1/decision.ts";
import { comparedForm } from "../../lib/devices/old-forms.ts";
import { newId } from "../../lib/request/ids.ts";
import { CountState, type NewDecision } from "../decisions/decision-rows.ts";
import { writeFacts } from "../decisions/kept-facts.ts";
import type { LookUpResult, Subject } from "./look-up.ts";
import type { TenantBook } from "../rules/rule-book.ts";
import { decide, type Facts, mayBeAllowed, type Verdict } from "../rules/engine/decide.ts";
import { withoutRules } from "../rules/engine/rule-set.ts";
import type { HoldPolicy } from "../rules/engine/hold.ts";
import { planFor, readDevice } from "./subject.ts";
import { NO_LISTS, type TenantLists } from "../suppression/suppression-view.ts";

/** An attempt with all that the rules need, except for what Redis knows. */
export interface PreparedCheck extends Subject {
  check: AttemptCheck;
  policy: HoldPolicy | undefined;
  /** The program for which it is made, where any list holds for one alone; empty otherwise. */
  programId: string;
  /** Whether it answers what the person has just written. */
  answers: boolean;
  running: boolean | undefined;
  deviceFault: string | undefined;
  /** The device as it appears in the answer. */
  contactInfo: string;
}

/** An attempt with its decision, which is not stored yet. */
export interface DecidedCheck {
  asked: PreparedCheck;
  found: LookUpResult;
  verdict: Verdict;
  row: NewDecision;
}

/** Prepares a check: reads its device, finds the rules that apply, and tells whether it may be counted. */
export function prepareCheck(
  check: AttemptCheck,
  { tenantId, book, lists }: { tenantId: string; book: TenantBook; lists: TenantLists },
  nowMs: number,
): PreparedCheck {
  const device = readDevice(check);
  const answers = check.isAnswer;
  const usualPlan = planFor(book.ruleSet, check, device);
  const plan = answers ? withoutRules(usualPlan) : usualPlan;
  // The usual program has the tenant's id.
  const programId = lists.hasPrograms ? check.programId || tenantId : "";
  const running = check.campaignGroupId === "" ? undefined : book.runningGroupIds.has(check.campaignGroupId);
  return {
    check,
    running,
    deviceFault: device.fault,
    plan,
    attemptId: check.attemptId || newId(),
    // Some numbers can be written in several ways. Lists and counters use one of them.
    device: comparedForm(device.value),
    contactInfo: device.value,
    clientId: check.clientId,
    campaignGroupId: check.campaignGroupId,
    recordId: check.recordId,
    leaseNumber: check.leaseNumber,
    channel: check.channel,
    policy: answers ? undefined : book.ruleSet.policy,
    programId,
    answers,
    lists: answers ? NO_LISTS : lists.set(check.channel, programId, check.suppressionListIds),
    reserves: !answers && check.attemptId !== "" && mayBeAllowed({ running, deviceFault: device.fault, plan }, nowMs),
  };
}

/** Leaves out repeated attempts: one that is in a batch twice is decided once. */
export function firstOfEach(asked: readonly PreparedCheck[]): readonly PreparedCheck[] {
  const seen = new Set<string>();
  return asked.filter(({ attemptId }) => seen.size < seen.add(attemptId).size);
}

/** Decides one attempt from all the facts, and makes the row that is stored. */
export function decideOne(asked: PreparedCheck, found: LookUpResult, nowMs: number): DecidedCheck {
  const { check, channel, plan, policy, running, deviceFault } = asked;
  const { lists, caps, hold } = found;
  const progress = policy && { policy, hold };
  const facts: Facts = { channel, running, deviceFault, answers: asked.answers, plan, lists, caps, progress };
  const verdict = decide(facts, nowMs);
  const isAllowed = verdict.reason === RefusalReason.REFUSAL_REASON_UNSPECIFIED;
  const row: NewDecision = {
    attempt_id: asked.attemptId,
    reason: verdict.reason,
    channel: check.channel,
    count_state: isAllowed && asked.reserves ? CountState.RESERVED : CountState.NOWHERE,
    contact_info: asked.contactInfo,
    client_id: asked.clientId,
    campaign_group_id: asked.campaignGroupId || null,
    record_id: asked.recordId || null,
    lease_number: asked.leaseNumber,
    facts: writeFacts(facts, {
      listIds: check.suppressionListIds,
      ruleIds: check.ruleIds,
      programId: asked.programId,
    }),
    rule_id: isAllowed ? null : verdict.ruleId,
    rule_name: isAllowed ? null : verdict.ruleName,
    explanation: isAllowed ? null : verdict.explanation,
    earliest_time: verdict.earliestMs === undefined ? null : new Date(verdict.earliestMs),
  };
  return { asked, found, verdict, row };
}

/** The decision as the caller gets it. */
export function newAnswer({ asked, verdict, row }: DecidedCheck, now: Date): Decision {
  return {
    attemptId: asked.attemptId,
    verdict:
      verdict.reason === RefusalReason.REFUSAL_REASON_UNSPECIFIED
        ? VerdictValue.VERDICT_ALLOWED
        : VerdictValue.VERDICT_REFUSED,
    reason: verdict.reason,
    ruleId: verdict.ruleId,
    ruleName: verdict.ruleName,
    explanation: verdict.explanation,
    earliestTime: row.earliest_time ?? undefined,
    decideTime: now,
    zones: asked.plan.evidence.zones as string[],
    channel: asked.check.channel,
    contactInfo: asked.contactInfo,
    clientId: asked.clientId,
    campaignGroupId: asked.campaignGroupId,
  };
}
