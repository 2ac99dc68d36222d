/** If a refusal repeats the previous one, the history shows it only once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LoadMode } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { RefusalReason } from "../../../gen/herald/compliance/v1/decision.ts";
import type { Rule } from "../../../gen/herald/compliance/v1/rule.ts";
import { RuleServiceDefinition } from "../../../gen/herald/compliance/v1/rule_service.ts";
import { AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import { meshClient, newId, until } from "../../lib/harness.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import {
  attemptsOf,
  boot,
  dialIn,
  makeList,
  now,
  type Office,
  office,
  phones,
  progressOf,
  smsGroup,
  startGroup,
  untilFinished,
  world,
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

/** How many refused attempts are stored, and how many entries the contacts' histories have. */
async function historyOf(tenant: Office, campaignGroupId: string) {
  const refused = await attemptsOf(tenant, campaignGroupId, REFUSED);
  const { interactions } = await tenant.interactions.searchInteractions({ campaignGroupId, pageSize: 500 });
  return { attempts: refused.length, entries: interactions.length };
}

const untilHistory = (tenant: Office, campaignGroupId: string, count: number) =>
  until(
    async () => {
      const { attempts, entries } = await historyOf(tenant, campaignGroupId);
      return attempts === count && entries === count;
    },
    { timeoutMs: 30_000, what: `the history has ${count} entries` },
  );

const decisionsOf = async ({ mesh }: Office, campaignGroupId: string) =>
  (await mesh.checks.listDecisions({ campaignGroupId, pageSize: 500 })).decisions.length;

/** Stops the group and continues it, so that everybody is tried again at once. Waits until compliance has refused them again. */
async function tryAgain(tenant: Office, campaignGroupId: string): Promise<void> {
  const decisions = () => decisionsOf(tenant, campaignGroupId);
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
  const history = () => historyOf(tenant, groupId);
  const settled = (count: number) => untilHistory(tenant, groupId, count);
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

/** Office hours that are over for today: it is noon. */
const CLOSED: Partial<Rule> = {
  name: "Mornings",
  required: true,
  body: {
    $case: "contactWindow",
    contactWindow: {
      places: ["*"],
      openTimes: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 540, untilMinute: 660 }],
    },
  },
};

test("a window that keeps refusing is one entry, over a restart too; a suppression meanwhile is another one, once", async (t) => {
  const at = await world(t);
  const dial = await dialIn(t, at);
  const tenant = await office(t, at);
  const people = phones(2);
  const rules = meshClient(t, at.addresses.compliance, RuleServiceDefinition, tenant.tenantId);
  await rules.createRule({ rule: CLOSED });
  const groupId = await startGroup(tenant, smsGroup([await makeList(at.database("lists"), tenant, people)]));
  await until(async () => (await progressOf(tenant, groupId)).waitingForLater === 2);
  const chains = at.database("campaigns").tenant(tenant.tenantId);
  /** Has everybody tried at once, although their window is closed. */
  const refuseAgain = async () => {
    const before = await decisionsOf(tenant, groupId);
    const tryAtOnce = () =>
      chains.query(
        `update campaigns.chains set due = $3 where tenant_id = $1 and campaign_group_id = $2
           and (select count(*) = 2 from campaigns.chains where tenant_id = $1 and campaign_group_id = $2 and lane = 2)`,
        [tenant.tenantId, groupId, new Date(now().getTime() - 1_000)],
      );
    // Planning, which may still be under way, puts the time of their window back.
    const refused = async () => {
      await tryAtOnce();
      return (await decisionsOf(tenant, groupId)) >= before + 2;
    };
    await until(refused, { timeoutMs: 30_000, everyMs: 500 });
    await until(async () => (await progressOf(tenant, groupId)).waitingForLater === 2);
  };
  const suppressed = async (untilTime: Date) => {
    const { suppressionList } = await tenant.mesh.suppression.createSuppressionList({
      suppressionList: { name: newId(), required: true },
    });
    await tenant.mesh.suppression.addEntries({
      suppressionListId: suppressionList?.id ?? "",
      entries: people.map(({ phone }) => ({ value: phone ?? "", untilTime })),
    });
    const check = { channel: Channel.CHANNEL_SMS, contactInfo: people[1]?.phone ?? "" };
    const reason = async () => (await tenant.mesh.checks.checkAttempt({ check })).decision?.reason;
    await until(async () => (await reason()) === RefusalReason.REFUSAL_REASON_SUPPRESSED_DEVICE);
  };

  await refuseAgain();
  await untilHistory(tenant, groupId, 2);
  await refuseAgain();
  await dial.stop();
  await dialIn(t, at);
  await refuseAgain();
  assert.deepEqual(await historyOf(tenant, groupId), { attempts: 2, entries: 2 });

  await suppressed(new Date(now().getTime() + 3_600_000));
  await refuseAgain();
  await untilHistory(tenant, groupId, 4);
  await refuseAgain();
  assert.deepEqual(await historyOf(tenant, groupId), { attempts: 4, entries: 4 });
  const { refusalsByReason } = await progressOf(tenant, groupId);
  assert.deepEqual(refusalsByReason, { outside_window: 2, suppressed_device: 2 });
});

test("each of a person's devices that is refused again repeats its own refusal", async (t) => {
  const at = await services;
  const tenant = await office(t, at);
  const rules = meshClient(t, at.addresses.compliance, RuleServiceDefinition, tenant.tenantId);
  await rules.createRule(cap(0, 1));
  const [one, other] = phones(2);
  const listId = await makeList(at.database("lists"), tenant, [{ ...one, otherPhone: other?.phone ?? "" }]);
  const groupId = await startGroup(tenant, smsGroup([listId]));
  await untilHistory(tenant, groupId, 2);
  for (let again = 0; again < 2; again++) {
    const before = await decisionsOf(tenant, groupId);
    await untilFinished(tenant, groupId);
    await tenant.groups.stopCampaignGroup({ campaignGroupId: groupId });
    await tenant.groups.startCampaignGroup({ campaignGroupId: groupId, mode: LoadMode.LOAD_MODE_CONTINUE });
    await until(async () => (await decisionsOf(tenant, groupId)) === before + 2);
  }
  await untilFinished(tenant, groupId);
  assert.deepEqual(await historyOf(tenant, groupId), { attempts: 2, entries: 2 });
});
