/** If a refusal repeats the previous one, the history shows it only once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LoadMode } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { Rule } from "../../../gen/herald/compliance/v1/rule.ts";
import { RuleServiceDefinition } from "../../../gen/herald/compliance/v1/rule_service.ts";
import { AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import { meshClient, newId, until } from "../../lib/harness.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import {
  attemptsOf,
  boot,
  makeList,
  type Office,
  office,
  phones,
  progressOf,
  smsGroup,
  startGroup,
  untilFinished,
} from "../boot.ts";

const REFUSED = AttemptState.ATTEMPT_STATE_REFUSED;
const services = boot(wholeFile);
const cap = (limit: number, hours: number): { rule: Partial<Rule> } => ({
  rule: {
    name: newId(),
    required: true,
    body: {
      $case: "attemptCap",
      attemptCap: { limit, periodSeconds: hours * 3_600, subject: 1, scope: 1, places: [] },
    },
  },
});

/** Stops the group and continues it, so that everybody is tried again at once. Waits until compliance has refused them again. */
async function tryAgain(tenant: Office, campaignGroupId: string): Promise<void> {
  const decisions = async () =>
    (await tenant.mesh.checks.listDecisions({ campaignGroupId, pageSize: 500 })).decisions.length;
  const before = await decisions();
  await tenant.groups.stopCampaignGroup({ campaignGroupId });
  await until(async () => (await progressOf(tenant, campaignGroupId)).finished === 2);
  await tenant.groups.startCampaignGroup({ campaignGroupId, mode: LoadMode.LOAD_MODE_CONTINUE });
  await until(async () => (await decisions()) >= before + 2);
  await until(async () => (await progressOf(tenant, campaignGroupId)).waitingForLater === 2);
}

test("who is refused again for the same reason until the same time has one attempt and one entry, however often tried", async (t) => {
  const at = await services;
  const tenant = await office(t, at);
  const { tenantId } = tenant;
  const rules = meshClient(t, at.addresses.compliance, RuleServiceDefinition, tenantId);
  await rules.createRule(cap(1, 1));
  const listId = await makeList(at.database("lists"), tenant, phones(2));
  await untilFinished(tenant, await startGroup(tenant, smsGroup([listId])));

  const groupId = await startGroup(tenant, smsGroup([listId]));
  const history = async () => {
    const refused = await attemptsOf(tenant, groupId, REFUSED);
    const { interactions } = await tenant.interactions.searchInteractions({ campaignGroupId: groupId, pageSize: 500 });
    return { attempts: refused.length, entries: interactions.length };
  };
  const settled = (count: number) =>
    until(async () => {
      const { attempts, entries } = await history();
      return attempts === count && entries === count;
    });
  await settled(2);
  await until(async () => (await progressOf(tenant, groupId)).waitingForLater === 2);
  for (let again = 0; again < 3; again++) await tryAgain(tenant, groupId);
  assert.deepEqual(await history(), { attempts: 2, entries: 2 });
  assert.deepEqual(
    (await progressOf(tenant, groupId)).refusalsByReason,
    { attempt_cap: 2 },
    "counted as they are shown",
  );

  // Each decision can be explained, even if it is not in the history.
  const { decisions } = await tenant.mesh.checks.listDecisions({ campaignGroupId: groupId, pageSize: 500 });
  assert.equal(decisions.length, 8);
  for (const { attemptId } of decisions) {
    const { decision } = await tenant.mesh.checks.explainAttempt({ attemptId });
    assert.equal(decision?.ruleName, decisions[0]?.ruleName);
  }

  await rules.createRule(cap(1, 2));
  await tryAgain(tenant, groupId);
  await settled(4);
  await tryAgain(tenant, groupId);
  assert.deepEqual(await history(), { attempts: 4, entries: 4 }, "another time is news, once");
});
