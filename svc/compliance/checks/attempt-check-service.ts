/** The RPCs of AttemptCheckService. */
import type { AttemptCheckServiceImplementation } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import type { AttemptOutcome } from "../../../gen/herald/compliance/v1/attempt_outcome.ts";
import type { CampaignState } from "../../../gen/herald/compliance/v1/campaign_state.ts";
import { RefusalReason, Verdict } from "../../../gen/herald/compliance/v1/decision.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import { readId, readOptionalId } from "../../lib/request/ids.ts";
import { readPage } from "../../lib/request/page.ts";
import { type RegionLookup, writtenDevice } from "../../lib/devices/written.ts";
import { Checks } from "../../lib/request/validate.ts";
import { readBatch, readSingle } from "./check-request.ts";
import type { Checker } from "./checker.ts";
import type { OutcomeOf } from "../decisions/decision-rows.ts";
import type { DecisionStore } from "../decisions/decision-store.ts";
import { inOrder } from "./in-order.ts";
import { explain, toDecision } from "../decisions/kept-facts.ts";
import { openInstants, readPlaces } from "./open-instants.ts";
import type { NamedLists } from "../suppression/named-lists.ts";
import type { HoldRelease } from "../holds/hold-release.ts";
import type { Refunds } from "../caps/refunds.ts";
import type { KeptRuleSet, RuleBook } from "../rules/rule-book.ts";
import type { RuleStore } from "../rules/rule-store.ts";

export interface Deps {
  checker: Checker;
  namedLists: NamedLists;
  rules: RuleBook;
  ruleStore: RuleStore;
  decisions: DecisionStore;
  refunds: Refunds;
  holdRelease: HoldRelease;
  regionOf: (ctx: Ctx) => RegionLookup;
  streamBatchesAtOnce: number;
  now: () => Date;
}

const MOST_AT_ONCE = 1_000;

export const attemptCheckService = ({
  checker,
  namedLists,
  rules,
  ruleStore,
  decisions,
  refunds,
  holdRelease,
  regionOf,
  streamBatchesAtOnce,
  now,
}: Deps): Handlers<AttemptCheckServiceImplementation> => ({
  async checkAttempt({ check }, ctx) {
    const { knownRuleIds } = await rules.of(ctx.tenantId);
    const asked = readSingle(check, knownRuleIds);
    // If the tenant's region cannot be read now, a number that needs it stays as it is and is refused as invalid.
    const contactInfo = await writtenDevice(asked.contactInfo, regionOf(ctx)).catch(() => asked.contactInfo);
    const checks = [{ ...asked, contactInfo }];
    await namedLists.check(ctx.tenantId, checks, () => "check.");
    const [decision] = await checker.check(ctx.tenantId, checks, ctx.deadlineMs);
    return { decision };
  },

  async *checkAttempts(requests, ctx) {
    yield* inOrder(requests, streamBatchesAtOnce, async ({ checks }) => {
      const { knownRuleIds } = await rules.of(ctx.tenantId);
      readBatch(checks, knownRuleIds);
      await namedLists.check(ctx.tenantId, checks, (i) => `checks[${i}].`);
      return { decisions: await checker.check(ctx.tenantId, checks, ctx.deadlineMs) };
    });
  },

  async explainAttempt(req, ctx) {
    const attemptId = readId(req.attemptId, "attempt_id");
    const row = await decisions.get(ctx.tenantId, attemptId);
    const ruleSet = (await ruleStore.readRuleSet(ctx.tenantId, row.rule_set_id)) as KeptRuleSet;
    return { decision: toDecision(row), ruleVerdicts: explain(row, ruleSet) };
  },

  async listDecisions(req, ctx) {
    const page = readPage(req, { usual: 50, most: 500 });
    const filter = {
      campaignGroupId: readOptionalId(req.campaignGroupId, "campaign_group_id"),
      contactInfo: await writtenDevice(req.contactInfo, regionOf(ctx)),
      clientId: req.clientId,
      refused: req.verdict === Verdict.VERDICT_UNSPECIFIED ? undefined : req.verdict === Verdict.VERDICT_REFUSED,
      reason: Math.max(req.reason, RefusalReason.REFUSAL_REASON_UNSPECIFIED),
    };
    const { items, nextPageToken } = await decisions.list(ctx.tenantId, filter, page);
    return { decisions: items.map(toDecision), nextPageToken };
  },

  async findOpenInstants(req, ctx) {
    const { ruleSet, knownRuleIds } = await rules.current(ctx.tenantId);
    readPlaces(req, knownRuleIds);
    return {
      openInstants: openInstants(ruleSet, req, now().getTime()),
      windowsVersion: ruleSet.windowsVersion,
    };
  },

  async reportOutcomes({ outcomes }, ctx) {
    const ended = await decisions.applyOutcomes(ctx.tenantId, readOutcomes(outcomes));
    // Redis is changed before the answer too. A caller that gets no answer reports again, and a second report changes nothing.
    await refunds.refund(
      ctx.tenantId,
      ended.filter(({ counts }) => !counts),
    );
    await holdRelease.release(ctx.tenantId, ended);
    return {};
  },

  async setCampaignStates({ campaignStates }, ctx) {
    const haveChanged = await ruleStore.setCampaignStates(ctx.tenantId, readStates(campaignStates), now());
    if (haveChanged) rules.forget(ctx.tenantId);
    return {};
  },
});

function readOutcomes(outcomes: readonly AttemptOutcome[]): OutcomeOf[] {
  const check = new Checks();
  check.count("outcomes", outcomes, { most: MOST_AT_ONCE });
  for (const [i, { attemptId, leaseNumber }] of outcomes.entries()) {
    check.id(`outcomes[${i}].attempt_id`, attemptId);
    check.that(leaseNumber >= 0, `outcomes[${i}].lease_number`, `Must be 0 or more; it is ${leaseNumber}.`);
  }
  check.done();
  const byAttempt = new Map<string, OutcomeOf>();
  for (const outcome of outcomes.map(outcomeOf)) {
    const other = byAttempt.get(outcome.attemptId);
    if (!other || saysMore(outcome, other)) byAttempt.set(outcome.attemptId, outcome);
  }
  return [...byAttempt.values()];
}

function outcomeOf({ attemptId, counts, outcome, endTime, leaseNumber }: AttemptOutcome): OutcomeOf {
  const result = outcome?.result;
  return {
    attemptId: attemptId.toLowerCase(),
    counts,
    callResult: result?.$case === "callResult" ? result.callResult : null,
    deliveryState: result?.$case === "deliveryState" ? result.deliveryState : null,
    endTime: endTime ?? null,
    leaseNumber: counts || result ? 0 : leaseNumber,
  };
}

/** Of several reports of an attempt in one call, its end says more than that it was not made under a lease, and otherwise the later one. */
const saysMore = (outcome: OutcomeOf, before: OutcomeOf) => hasEnded(outcome) || !hasEnded(before);
const hasEnded = ({ counts, callResult, deliveryState }: OutcomeOf) =>
  counts || callResult !== null || deliveryState !== null;

/** Validates the states. If a call has several of one group, the newest counts. */
function readStates(states: readonly CampaignState[]): CampaignState[] {
  const check = new Checks();
  check.count("campaign_states", states, { most: MOST_AT_ONCE });
  for (const [i, { campaignGroupId }] of states.entries())
    check.id(`campaign_states[${i}].campaign_group_id`, campaignGroupId);
  check.done();
  const newest = new Map<string, CampaignState>();
  for (const state of states) {
    const campaignGroupId = state.campaignGroupId.toLowerCase();
    const other = newest.get(campaignGroupId);
    if (!other || other.version <= state.version) newest.set(campaignGroupId, { ...state, campaignGroupId });
  }
  return [...newest.values()];
}
