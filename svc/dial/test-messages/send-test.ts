/**
 * One message of a campaign group to whoever asked for it. It goes the way of all messages: sender, fence of rendering, compliance, durable
 * intent, provider. Of what an attempt of a chain tells others it tells nothing: compliance is asked "what if", which counts in no cap.
 */
import type { CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { TestMessage } from "../../../gen/herald/campaigns/v1/test_message.ts";
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import type { AttemptCheckServiceDefinition } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import type { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import type { RecordServiceDefinition } from "../../../gen/herald/lists/v1/record_service.ts";
import type { Calls, CallScope } from "../../lib/client/client.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { RpcError } from "../../lib/errors/errors.ts";
import { newId } from "../../lib/request/ids.ts";
import { type Now, pause } from "../../lib/async/time.ts";
import type { Attempt } from "../attempts/attempt.ts";
import type { AttemptRow } from "../attempts/attempt-rows.ts";
import { findAttempts } from "../attempts/attempt-store.ts";
import { requestIdUsed, senderTaken, testLimitReached } from "../errors.ts";
import type { MessageProvider, Sent } from "../pipeline/send/message-provider.ts";
import { returned } from "../pipeline/send/message-provider.ts";
import { Permit, refusalOf } from "../pipeline/permit/permit.ts";
import { ContentUnusable, type RenderAll } from "../rendering/renderer.ts";
import { withTurn } from "../pipeline/attempt-life.ts";
import type { BegunAttempt } from "../pipeline/send/intents.ts";
import { type SettleDeps, settleMessage } from "../pipeline/settle/settle.ts";
import type { SenderClaims } from "../senders/sender-claims.ts";
import { readSessionSettings, type SessionSettings, type UsualSenders } from "../sessions/session-settings.ts";
import { limitReached, type TestLimits } from "./limits.ts";
import { checksOf, decideAll } from "./test-checks.ts";
import {
  countTries,
  type EarlierRequest,
  findRequest,
  insertTest,
  insertTry,
  lockTenant,
  removeTest,
  type TestRequest,
} from "./test-store.ts";
import { answered, known, notSent, notSentBecause, refused, unanswered } from "./answers.ts";

export interface SendTestDeps extends SettleDeps {
  db: Database;
  checks: Calls<typeof AttemptCheckServiceDefinition>;
  records: Calls<typeof RecordServiceDefinition>;
  render: RenderAll;
  claims: SenderClaims;
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

type TestAnswer = Omit<TestMessage, "contactInfo">;

/** The caller is told by then that the provider has not answered; what it answers is written down whenever it comes. */
const ANSWER_MS = 12_000;
const LOOK_EVERY_MS = 100;
const TOO_MANY_HOLDERS =
  "More than 100 different clients of the group's lists have it, and any of them may be suppressed. Choose another device.";

export async function sendTest(deps: SendTestDeps, order: TestOrder, scope: CallScope): Promise<TestAnswer> {
  const earlier = await admit(deps, order);
  if (earlier !== null) return told(deps, order.tenantId, earlier, scope);
  const settings = readSessionSettings(order.tenantId, order.group, 0, deps.senders);
  const prepared = await prepare(deps, order, settings);
  if (!("provider" in prepared)) return prepared;
  const { contactListIds } = order.group;
  const holders = await deps.records.findHolders({ contactListIds, contactInfo: order.contactInfo }, scope);
  if (holders.hasMore) return notSent("device_shared", TOO_MANY_HOLDERS);
  const checks = checksOf(order, holders.records, settings);
  const askedAtMs = performance.now();
  const decision = await decideAll(deps.checks, checks, scope);
  const refusal = refusalOf(decision);
  // Its proof bears the id that compliance gave its answer.
  const attempt: Attempt = { ...prepared.attempt, id: decision.attemptId || newId() };
  const { db, owner, now } = deps;
  if (!(await insertTest(db.tenant(order.tenantId), order, attempt, refusal, owner, now()))) {
    const other = await findRequest(db.tenant(order.tenantId), order);
    if (other) refuseAnother(order, other);
    return told(deps, order.tenantId, other?.attemptId ?? "", scope);
  }
  if (refusal) return refused(attempt.id, refusal, decision.explanation);
  const again = { checkOne: (tenantId: string) => decideAll(deps.checks, checks, { tenantId, timeoutMs: ANSWER_MS }) };
  const permit = new Permit(again, order.tenantId, checks[0] as AttemptCheck, askedAtMs);
  const sending = handOver(deps, order, prepared.provider, { attempt, permit });
  return Promise.race([sending, pause(ANSWER_MS, scope.signal).then(() => unanswered(attempt.id))]);
}

/** Counts the try, or gives the attempt that the request came to before; null where there is none, so that it may be made. */
function admit({ db, limits, now }: SendTestDeps, order: TestOrder): Promise<string | null> {
  return db.transaction(order.tenantId, async (tx) => {
    const at = now();
    await lockTenant(tx, order.tenantId, at);
    const earlier = await findRequest(tx, order);
    if (earlier?.attemptId) {
      refuseAnother(order, earlier);
      return earlier.attemptId;
    }
    const reached = limitReached(limits, await countTries(tx, order, at), at);
    if (reached) throw testLimitReached(reached);
    await insertTry(tx, order, at);
    return null;
  });
}

/** What became of one message is no answer for another. */
function refuseAnother({ requestId, digest }: TestRequest, earlier: EarlierRequest): void {
  if (earlier.digest !== "" && earlier.digest !== digest) throw requestIdUsed(requestId);
}

/** The message and who carries it; or why there is none, which is an answer. */
async function prepare(
  { providerOf, claims, render }: SendTestDeps,
  { group, record, tenantId, contactInfo }: TestOrder,
  settings: SessionSettings,
): Promise<TestAnswer | { provider: MessageProvider; attempt: Attempt }> {
  try {
    const provider = providerOf(group);
    const sender = await claims.ownSender(tenantId, settings.channel, settings.ownAddress);
    // A test claims nothing: compliance may refuse it, and a group that is never started needs no sender.
    if (sender && (await claims.isTaken(tenantId, sender))) throw senderTaken(sender.address);
    if (provider.trouble !== "") return notSent("provider_down", provider.trouble);
    // Under a name of its own: the content may be another than that of the group's session, or of the same request before.
    const [rendered] = await render({ ...settings, groupId: `test ${newId()}` }, [record]);
    if (!rendered || "invalid" in rendered) return notSent("content_invalid", rendered?.invalid ?? "");
    const { groupId, groupName, channel, ownAddress } = settings;
    const chain = {
      recordId: "",
      listId: "",
      clientId: "",
      firstName: "",
      lastName: "",
      deviceIndex: 0,
      attemptNumber: 0,
    };
    const attempt = { id: "", tenantId, groupId, groupName, channel, ownAddress, contactInfo, ...chain };
    return { provider, attempt: { ...attempt, message: rendered.message, isTest: true } };
  } catch (error) {
    if (error instanceof RpcError) return notSentBecause(error);
    if (error instanceof ContentUnusable) return notSent("content_invalid", error.explanation);
    throw error;
  }
}

/** To the provider, in turn with the campaigns', and what became of it into the attempt. */
async function handOver(
  deps: SendTestDeps,
  order: TestOrder,
  provider: MessageProvider,
  begun: BegunAttempt,
): Promise<TestAnswer> {
  const [slot] = await provider.slots.acquire(1, AbortSignal.timeout(ANSWER_MS));
  if (!slot) return settle(deps, order, begun, returned("late"));
  return withTurn(slot, async () => {
    const sent = await provider.send(begun.attempt, () => begun.permit.closed());
    return settle(deps, order, begun, sent);
  });
}

async function settle(
  deps: SendTestDeps,
  { tenantId, requestId }: TestOrder,
  begun: BegunAttempt,
  sent: Sent,
): Promise<TestAnswer> {
  const { attempt, permit } = begun;
  if (sent.kind === "returned" && !permit.refusal)
    await deps.db.transaction(tenantId, (tx) => removeTest(tx, tenantId, requestId, attempt.id, deps.owner));
  else await settleMessage(deps, begun, sent);
  return answered(sent, attempt, permit.refusal);
}

/** What became of one that was asked for before; one that is under way gets the time that a first one has. */
async function told({ db }: SendTestDeps, tenantId: string, attemptId: string, scope: CallScope): Promise<TestAnswer> {
  const until = performance.now() + ANSWER_MS;
  for (;;) {
    const [row] = attemptId === "" ? [] : await findAttempts(db.tenant(tenantId), tenantId, [attemptId]);
    if (!row) return notSent("provider_down", "Nothing of it left. Ask again.");
    if (!isUnderWay(row) || performance.now() >= until || scope.signal?.aborted) return known(row);
    await pause(LOOK_EVERY_MS, scope.signal);
  }
}

const isUnderWay = ({ state }: AttemptRow) => state === 1;
