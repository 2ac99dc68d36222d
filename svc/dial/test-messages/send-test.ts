/**
 * One message of a campaign group to whoever asked for it. It goes the way of all messages: sender, fence of rendering, compliance, durable
 * intent, provider. Of what an attempt of a chain tells others it tells nothing: compliance is asked "what if", which counts in no cap.
 */
import type { CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { TestMessage } from "../../../gen/herald/campaigns/v1/test_message.ts";
import { Channel } from "../../../gen/herald/common/v1/outcome.ts";
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import type { AttemptCheckServiceDefinition } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import type { Record as ContactRecord } from "../../../gen/herald/lists/v1/contact_list.ts";
import type { Calls, CallScope } from "../../lib/client.ts";
import type { Database } from "../../lib/db.ts";
import { RpcError } from "../../lib/errors.ts";
import { newId } from "../../lib/ids.ts";
import { type Now, pause } from "../../lib/time.ts";
import type { Attempt } from "../attempt.ts";
import type { AttemptRow } from "../attempt-rows.ts";
import { findAttempts } from "../attempt-store.ts";
import { senderTaken, testLimitReached } from "../errors.ts";
import type { MessageProvider, ReturnReason, Sent } from "../message-provider.ts";
import { returned } from "../message-provider.ts";
import { Permit, refusalOf } from "../permit.ts";
import type { Receipts } from "../receipts.ts";
import { ContentUnusable, type RenderAll } from "../rendering/renderer.ts";
import { orEnding, type Results } from "../results.ts";
import type { SenderClaims } from "../sender-claims.ts";
import { senderOf } from "../senders.ts";
import { changeOf } from "../sent-change.ts";
import { readSettings, type SessionSettings, type UsualSenders } from "../session-settings.ts";
import { limitReached, type TestLimits } from "./limits.ts";
import { countRequests, findRequest, insertRequest, insertTest, lockTenant, removeTest, type TestRequest } from "./test-store.ts"; // prettier-ignore
import { answered, known, notSent, notSentBecause, refused, unanswered } from "./told.ts";

export interface SendTestDeps {
  db: Database;
  checks: Calls<typeof AttemptCheckServiceDefinition>;
  render: RenderAll;
  claims: SenderClaims;
  results: Results;
  receipts: Receipts;
  /** Throws PROVIDER_MISSING. */
  providerOf: (group: CampaignGroup) => MessageProvider;
  senders: UsualSenders;
  limits: TestLimits;
  /** This dialer, in this incarnation. */
  owner: string;
  now: Now;
}

export interface TestOrder extends TestRequest {
  group: CampaignGroup;
  record: ContactRecord;
  contactInfo: string;
  country: string;
}

type Told = Omit<TestMessage, "contactInfo">;

/** The caller is told by then that the provider has not answered; what it answers is written down whenever it comes. */
const ANSWER_MS = 12_000;
const LOOK_EVERY_MS = 100;

export async function sendTest(deps: SendTestDeps, order: TestOrder, scope: CallScope): Promise<Told> {
  const earlier = await admit(deps, order);
  if (earlier !== null) return told(deps, order.tenantId, earlier, scope);
  const settings = readSettings(order.tenantId, order.group, 0, deps.senders);
  const prepared = await prepare(deps, order, settings);
  if (!("provider" in prepared)) return prepared;
  const check = checkOf(order, settings);
  const askedAtMs = performance.now();
  const { decision } = await deps.checks.checkAttempt({ check }, scope);
  const refusal = refusalOf(decision);
  // Its proof bears the id that compliance gave its answer.
  const attempt: Attempt = { ...prepared.attempt, id: decision?.attemptId || newId() };
  const { db, owner, now } = deps;
  if (!(await insertTest(db.tenant(order.tenantId), order.requestId, attempt, refusal, owner, now()))) {
    const other = await findRequest(db.tenant(order.tenantId), order);
    return told(deps, order.tenantId, other ?? "", scope);
  }
  if (refusal) return refused(attempt.id, refusal, decision?.explanation);
  const permit = new Permit(whatIf(deps.checks), order.tenantId, check, askedAtMs);
  const sending = handOver(deps, order, prepared.provider, attempt, permit);
  return Promise.race([sending, pause(ANSWER_MS, scope.signal).then(() => unanswered(attempt.id))]);
}

/** Counts the request, or gives the attempt of one that came before; null where it has none, so that it may be made. */
function admit({ db, limits, now }: SendTestDeps, order: TestOrder): Promise<string | null> {
  return db.transaction(order.tenantId, async (tx) => {
    const at = now();
    await lockTenant(tx, order.tenantId, at);
    const earlier = await findRequest(tx, order);
    if (earlier !== undefined) return earlier;
    const reached = limitReached(limits, await countRequests(tx, order, at), at);
    if (reached) throw testLimitReached(reached);
    await insertRequest(tx, order, at);
    return null;
  });
}

/** The message and who carries it; or why there is none, which is an answer. */
async function prepare(
  { providerOf, claims, render }: SendTestDeps,
  { group, record, requestId, tenantId, contactInfo }: TestOrder,
  settings: SessionSettings,
): Promise<Told | { provider: MessageProvider; attempt: Attempt }> {
  try {
    const provider = providerOf(group);
    const sender = senderOf(settings.channel, settings.ownAddress);
    // A test claims nothing: compliance may refuse it, and a group that is never started needs no sender.
    if (sender && (await claims.isTaken(tenantId, sender))) throw senderTaken(sender.address);
    if (provider.trouble !== "") return notSent("provider_down", provider.trouble);
    // Under a name of its own: the content may be another than that of the group's session.
    const [rendered] = await render({ ...settings, groupId: `test ${requestId}` }, [record]);
    if (!rendered || "invalid" in rendered) return notSent("content_invalid", rendered?.invalid ?? "");
    const { groupId, groupName, channel, ownAddress } = settings;
    const chain = { recordId: "", listId: "", clientId: "", firstName: "", lastName: "", deviceIndex: 0, attemptNumber: 0 };
    const attempt = { id: "", tenantId, groupId, groupName, channel, ownAddress, contactInfo, ...chain };
    return { provider, attempt: { ...attempt, message: rendered.message, isTest: true } };
  } catch (error) {
    if (error instanceof RpcError) return notSentBecause(error);
    if (error instanceof ContentUnusable) return notSent("content_invalid", error.explanation);
    throw error;
  }
} // prettier-ignore

/**
 * What compliance is asked. A device of the record is asked about as its campaign would; of any other nothing is known but itself: a number
 * tells its own places, an address is taken to be in the tenant's country. Of no campaign: one that does not run yet would be refused for that.
 */
function checkOf({ record, contactInfo, country }: TestOrder, settings: SessionSettings): AttemptCheck {
  const { channel, suppressionListIds, ruleIds } = settings;
  const own = record.devices.find((device) => device.contactInfo === contactInfo);
  const asked = { attemptId: "", campaignGroupId: "", channel, contactInfo, suppressionListIds, ruleIds };
  if (own)
    return {
      ...asked,
      clientId: record.clientId,
      zones: own.zones,
      zoneIsCertain: record.zone !== "",
      state: record.country === "" ? "" : record.state,
      country: record.country,
    };
  const place = { state: "", country: channel === Channel.CHANNEL_EMAIL ? country : "" };
  return { ...asked, ...place, clientId: "", zones: [], zoneIsCertain: false };
}

const whatIf = (checks: SendTestDeps["checks"]) => ({
  async checkOne(tenantId: string, check: AttemptCheck) {
    const { decision } = await checks.checkAttempt({ check }, { tenantId, timeoutMs: ANSWER_MS });
    if (!decision) throw new Error("compliance did not decide");
    return decision;
  },
});

/** To the provider, in turn with the campaigns', and what became of it into the attempt. */
async function handOver(
  { db, receipts, results, owner, now }: SendTestDeps,
  { tenantId, requestId }: TestOrder,
  provider: MessageProvider,
  attempt: Attempt,
  permit: Permit,
): Promise<Told> {
  const gate = async (): Promise<ReturnReason | undefined> => {
    if (permit.isFresh || (await permit.renew())) return undefined;
    return permit.refusal ? "refused" : "unchecked";
  };
  const sent = await sendInTurn(provider, attempt, gate);
  if (sent.kind === "accepted") receipts.expect(sent.providerMessageId, attempt);
  const change = changeOf(sent, attempt, permit.refusal, now());
  if (change.kind === "returned")
    await db.transaction(tenantId, (tx) => removeTest(tx, tenantId, requestId, attempt.id, owner));
  else await orEnding(results.put(change));
  return answered(sent, attempt, permit.refusal);
}

async function sendInTurn(provider: MessageProvider, attempt: Attempt, gate: () => Promise<ReturnReason | undefined>): Promise<Sent> {
  const taken = await provider.slots.acquire(1, AbortSignal.timeout(ANSWER_MS));
  if (taken === 0) return returned("late");
  try {
    return await provider.send(attempt, gate);
  } finally {
    provider.slots.release(taken);
  }
} // prettier-ignore

/** What became of one that was asked for before; one that is under way gets the time that a first one has. */
async function told({ db }: SendTestDeps, tenantId: string, attemptId: string, scope: CallScope): Promise<Told> {
  const until = performance.now() + ANSWER_MS;
  for (;;) {
    const [row] = attemptId === "" ? [] : await findAttempts(db.tenant(tenantId), tenantId, [attemptId]);
    if (!row) return notSent("provider_down", "Nothing of it left. Ask again.");
    if (!isUnderWay(row) || performance.now() >= until || scope.signal?.aborted) return known(row);
    await pause(LOOK_EVERY_MS, scope.signal);
  }
}

const isUnderWay = ({ state }: AttemptRow) => state === 1;
