/**
 * Sends one message of a campaign group to the person who asked for it. It takes the same steps as every message: sender, rendering,
 * compliance, stored intent, provider. But it reports nothing to other services, and compliance is only asked "what if", which counts
 * towards no cap.
 */
import type { TestMessage } from "../../../gen/herald/campaigns/v1/test_message.ts";
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import type { AttemptCheckServiceDefinition } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import type { DialingSettings } from "../../../gen/herald/dial/v1/dialing_settings.ts";
import type { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import type { RecordServiceDefinition } from "../../../gen/herald/lists/v1/record_service.ts";
import type { Calls, CallScope } from "../../lib/client/client.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { RpcError } from "../../lib/errors/errors.ts";
import { newId } from "../../lib/request/ids.ts";
import { type Now, pause } from "../../lib/async/time.ts";
import type { Attempt, AttemptRefusal } from "../attempts/attempt.ts";
import type { AttemptRow } from "../attempts/attempt-rows.ts";
import { findAttempts, insertAttempts } from "../attempts/attempt-store.ts";
import { requestIdUsed, senderTaken, testLimitReached } from "../errors.ts";
import type { MessageProvider, SendResult } from "../pipeline/send/message-provider.ts";
import { returned } from "../pipeline/send/message-provider.ts";
import { Permit, refusalOf } from "../pipeline/permit/permit.ts";
import type { Contents } from "../templates/contents.ts";
import { UnusableContentError, type ContentRenderer } from "../rendering/renderer.ts";
import { withTurn } from "../pipeline/attempt-life.ts";
import type { BegunAttempt } from "../pipeline/send/intents.ts";
import { type SettleDeps, settleMessage } from "../pipeline/settle/settle.ts";
import { scopeOf, type TemplateScope } from "../rendering/content.ts";
import type { RenderedContent } from "../rendering/job.ts";
import { SenderRefusedError, type SenderClaims } from "../senders/sender-claims.ts";
import { prepareAttempts, type PrepareDeps } from "../pipeline/prepare/prepare.ts";
import type { Work } from "../pipeline/source/work-source.ts";
import type { Lane } from "../providers/provider-lane.ts";
import { isSameRoute, OPERATORS } from "../providers/provider-route.ts";
import { readSessionSettings, type SessionSettings } from "../sessions/session-settings.ts";
import { limitReached, type TestLimits } from "./limits.ts";
import { checksOf, decideAll } from "./test-checks.ts";
import {
  claimRequest,
  countTries,
  type EarlierRequest,
  findRequest,
  insertTry,
  lockTenant,
  type TestRequest,
} from "./test-store.ts";
import { answered, known, notSent, notSentBecause, refused, unanswered } from "./answers.ts";

export interface SendTestDeps extends SettleDeps {
  db: Database;
  checks: Calls<typeof AttemptCheckServiceDefinition>;
  records: Calls<typeof RecordServiceDefinition>;
  render: ContentRenderer;
  contents: Contents;
  claims: SenderClaims;
  links: PrepareDeps["links"];
  /** The way to the provider; throws PROVIDER_MISSING, PROVIDER_UNUSABLE. */
  laneFor: (tenantId: string, settings: DialingSettings) => Promise<Lane>;
  limits: TestLimits;
  /** The name of this dialer and its present start: `name/incarnation`. */
  owner: string;
  now: Now;
}

export interface TestOrder extends TestRequest {
  tenantId: string;
  settings: DialingSettings;
  contactListIds: string[];
  record: ContactRecord;
  contactInfo: string;
  country: string;
  /** A message template that is tested; undefined for the content of the group. */
  content?: RenderedContent | undefined;
  /** The values that fill it; undefined for those of the record. */
  scope?: TemplateScope | undefined;
}

type TestMessageAnswer = Omit<TestMessage, "contactInfo">;

/** After this time the caller learns that the provider has not answered. A later answer is still stored. */
const ANSWER_MS = 12_000;
const LOOK_EVERY_MS = 100;
const CONNECT_MS = 5_000;
const TOO_MANY_HOLDERS =
  "More than 100 different clients of the group's lists have it, and any of them may be suppressed. Choose another device.";

export async function sendTest(deps: SendTestDeps, order: TestOrder, scope: CallScope): Promise<TestMessageAnswer> {
  const earlier = await admit(deps, order);
  if (earlier !== null) return earlierAnswer(deps, order.tenantId, earlier, scope);
  const lane = await laneOf(deps, order);
  if (!("leave" in lane)) return lane;
  let sending: Promise<unknown> | undefined;
  try {
    return await sendThrough(deps, order, lane, scope, (begun) => void (sending = begun));
  } finally {
    void Promise.resolve(sending)
      .catch(() => {})
      .then(() => lane.leave());
  }
}

/** The way to the provider, once it takes messages; or the reason why there is none, which is an answer too. */
async function laneOf({ laneFor }: SendTestDeps, { tenantId, settings }: TestOrder): Promise<TestMessageAnswer | Lane> {
  try {
    const lane = await laneFor(tenantId, settings);
    // Connections to a provider of the tenant are opened when they are needed.
    if (!isSameRoute(lane.state.route, OPERATORS)) await lane.whenUp(AbortSignal.timeout(CONNECT_MS));
    if (lane.trouble === "") return lane;
    const answer = notSent("provider_down", lane.trouble);
    lane.leave();
    return answer;
  } catch (error) {
    if (error instanceof RpcError) return notSentBecause(error);
    throw error;
  }
}

/** `begun` gets the promise of what goes on after the answer. */
async function sendThrough(
  deps: SendTestDeps,
  order: TestOrder,
  lane: Lane,
  scope: CallScope,
  begun: (sending: Promise<unknown>) => void,
): Promise<TestMessageAnswer> {
  const settings = readSessionSettings(order.tenantId, order.settings, 0, lane.state);
  const prepared = await prepare(deps, order, settings);
  if (!("check" in prepared)) return prepared;
  const { contactListIds, contactInfo } = order;
  const holders = await deps.records.findHolders({ contactListIds, contactInfo }, scope);
  if (holders.hasMore) return notSent("device_shared", TOO_MANY_HOLDERS);
  const checks = checksOf({ ...prepared.check, attemptId: "" }, order, holders.records);
  const askedAtMs = performance.now();
  const decision = await decideAll(deps.checks, checks, scope);
  const refusal = refusalOf(decision);
  // The proof of permission contains the id under which compliance answered.
  const attempt: Attempt = { ...prepared.attempt, id: decision.attemptId || newId() };
  if (!(await writeIntent(deps, order, attempt, refusal))) {
    const other = await findRequest(deps.db.tenant(order.tenantId), order);
    if (other) refuseAnother(order, other);
    return earlierAnswer(deps, order.tenantId, other?.attemptId ?? "", scope);
  }
  if (refusal) return refused(attempt.id, refusal, decision.explanation);
  const again = { checkOne: (tenantId: string) => decideAll(deps.checks, checks, { tenantId, timeoutMs: ANSWER_MS }) };
  const permit = new Permit(again, order.tenantId, checks[0] as AttemptCheck, askedAtMs);
  const sending = handOver(deps, lane, { attempt, permit });
  begun(sending);
  return Promise.race([sending, pause(ANSWER_MS, scope.signal).then(() => unanswered(attempt.id))]);
}

/** Counts the request, or gives the attempt that the same request made before; null when there is none, so that it may be made. */
function admit({ db, limits, now }: SendTestDeps, order: TestOrder): Promise<string | null> {
  return db.transaction(order.tenantId, async (tx) => {
    const at = now();
    await lockTenant(tx, at);
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

/** Refuses a request id that was used for another message: the result of one is no answer for the other. */
function refuseAnother({ requestId, digest }: TestRequest, earlier: EarlierRequest): void {
  if (earlier.digest !== "" && earlier.digest !== digest) throw requestIdUsed(requestId);
}

/** The message; or the reason why there is none, which is an answer too. */
async function prepare(
  { claims, links, render, contents }: SendTestDeps,
  order: TestOrder,
  settings: SessionSettings,
): Promise<TestMessageAnswer | { attempt: Attempt; check: AttemptCheck }> {
  try {
    // With a key of its own: the content may differ from that of the group's session, or of the same request before.
    const own = { ...settings, contentKey: `test ${newId()}`, content: order.content ?? settings.content };
    const deps = { render, contents, links, claims: lookedAt(claims) };
    const [prepared] = await prepareAttempts(deps, [workOf(order)], own);
    if (!prepared?.check) return notSent(prepared?.refusal.reason ?? "content_invalid", prepared?.explanation ?? "");
    return prepared;
  } catch (error) {
    if (error instanceof RpcError) return notSentBecause(error);
    if (error instanceof SenderRefusedError) return notSent("sender_taken", error.message);
    if (error instanceof UnusableContentError) return notSent("content_invalid", error.explanation);
    throw error;
  }
}

/** The attempt names no contact: compliance is asked about everybody who may have the device. */
const workOf = ({ settings, record, scope, contactInfo }: TestOrder): Work => ({
  // For the links of the message alone; compliance chooses the id of the attempt.
  attemptId: newId(),
  origin: { kind: "test", groupId: settings.campaignGroupId },
  clientId: "",
  recipient: {
    ...{ contactInfo, firstName: "", lastName: "", scope: scope ?? scopeOf(record) },
    ...{ zones: [], zoneIsCertain: false, state: "", country: "" },
  },
  missing: "",
});

/** A test claims no sender: compliance may refuse it, and a group that never starts needs none. */
const lookedAt = ({ ownSender, isTaken }: SenderClaims): PrepareDeps["claims"] => ({
  ownSender,
  refusal: async (tenantId, sender) => ((await isTaken(tenantId, sender)) ? senderTaken(sender.address).message : ""),
});

/** Stores the intent before anything leaves. False when the request has an attempt already, or was used for another message. */
const writeIntent = (
  { db, owner, now }: SendTestDeps,
  order: TestOrder,
  attempt: Attempt,
  refusal: AttemptRefusal | undefined,
): Promise<boolean> =>
  db.transaction(order.tenantId, async (tx) => {
    if (!(await claimRequest(tx, order, attempt.id))) return false;
    await insertAttempts(tx, owner, [{ attempt, refusal }], now());
    return true;
  });

/** Sends it through the provider, in turn with messages of campaigns, and stores the result in the attempt. */
async function handOver(
  deps: SendTestDeps,
  provider: MessageProvider,
  begun: BegunAttempt,
): Promise<TestMessageAnswer> {
  const [slot] = await provider.slots.acquire(1, AbortSignal.timeout(ANSWER_MS));
  if (!slot) return settle(deps, begun, returned("late"));
  return withTurn(slot, async () =>
    settle(deps, begun, await provider.send(begun.attempt, () => begun.permit.closed())),
  );
}

async function settle(deps: SendTestDeps, begun: BegunAttempt, sent: SendResult): Promise<TestMessageAnswer> {
  await settleMessage(deps, begun, sent);
  return answered(sent, begun.attempt, begun.permit.refusal);
}

/** The result of a test that was requested before. If it is still running, waits as long as for a new one. */
async function earlierAnswer(
  { db }: SendTestDeps,
  tenantId: string,
  attemptId: string,
  scope: CallScope,
): Promise<TestMessageAnswer> {
  const until = performance.now() + ANSWER_MS;
  for (;;) {
    const [row] = attemptId === "" ? [] : await findAttempts(db.tenant(tenantId), [attemptId]);
    if (!row) return notSent("provider_down", "Nothing of it left. Ask again.");
    if (!isUnderWay(row) || performance.now() >= until || scope.signal?.aborted) return known(row);
    await pause(LOOK_EVERY_MS, scope.signal);
  }
}

const isUnderWay = ({ state }: AttemptRow) => state === 1;
