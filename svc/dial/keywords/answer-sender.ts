/**
 * Sends answers to what people wrote: permit, intent, provider, result, like every attempt. Compliance is told that it is an answer, which
 * suppression and hours do not refuse. An answer that cannot be sent within ten minutes is not sent any more: nobody waits for it then.
 */
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { forEachConcurrently } from "../../lib/async/batch.ts";
import type { Now } from "../../lib/async/time.ts";
import type { Database } from "../../lib/postgres/db.ts";
import type { Attempt } from "../attempts/attempt.ts";
import { insertAttempts } from "../attempts/attempt-store.ts";
import type { Events } from "../events.ts";
import { withTurn } from "../pipeline/attempt-life.ts";
import type { Compliance } from "../pipeline/permit/compliance.ts";
import { Permit, refusalOf } from "../pipeline/permit/permit.ts";
import { type SettleDeps, settleMessage } from "../pipeline/settle/settle.ts";
import type { Lane } from "../providers/provider-lane.ts";
import type { ProviderRoute } from "../providers/provider-route.ts";
import { refusedInteraction } from "../publishing/reports.ts";
import type { Publishing } from "../publishing/publishing.ts";
import { type Answer, claimDueAnswers, returnAnswer, takeAnswer } from "./answer-store.ts";

export interface AnswerDeps extends SettleDeps {
  db: Database;
  compliance: Compliance;
  publishing: Publishing;
  /** The way to the provider through which the person was written to. */
  laneFor: (tenantId: string, answer: Answer) => Promise<Lane>;
  events: Events;
  /** The name of this dialer and its present start: `name/incarnation`. */
  owner: string;
  now: Now;
}

const AT_ONCE = 50;
const SENT_AT_ONCE = 10;
/** Before it is begun, an answer is tried again after this time. */
const AGAIN_MS = 5_000;
const SLOT_MS = 4_000;
const TOO_LATE_MS = 600_000;

/** Sends what is due, and gives whether there may be more. */
export async function sendDueAnswers(deps: AnswerDeps): Promise<boolean> {
  const now = deps.now();
  const again = new Date(now.getTime() + AGAIN_MS);
  const due = await claimDueAnswers(deps.db.everyTenant(), { now, again, limit: AT_ONCE });
  await forEachConcurrently(due, SENT_AT_ONCE, async ({ tenantId, answer, createTime }) => {
    try {
      if (now.getTime() - createTime.getTime() > TOO_LATE_MS) await giveUp(deps, tenantId, answer);
      else await send(deps, tenantId, answer);
    } catch (error) {
      deps.events.answerWaits(tenantId, answer.id, error);
    }
  });
  return due.length === AT_ONCE;
}

async function giveUp({ db, events }: AnswerDeps, tenantId: string, { id }: Answer): Promise<void> {
  await takeAnswer(db.tenant(tenantId), id);
  events.answerTooLate(tenantId, id);
}

async function send(deps: AnswerDeps, tenantId: string, answer: Answer): Promise<void> {
  const lane = await deps.laneFor(tenantId, answer);
  try {
    await lane.whenUp(AbortSignal.timeout(SLOT_MS));
    if (lane.trouble === "") await sendThrough(deps, tenantId, answer, lane);
  } finally {
    lane.leave();
  }
}

async function sendThrough(deps: AnswerDeps, tenantId: string, answer: Answer, lane: Lane): Promise<void> {
  const check = checkOf(answer);
  const askedAtMs = performance.now();
  const refusal = refusalOf(await deps.compliance.checkOne(tenantId, check));
  const attempt = attemptOf(tenantId, answer, lane.state.route);
  const [slot] = await lane.slots.acquire(1, AbortSignal.timeout(SLOT_MS));
  if (!slot) return;
  await withTurn(slot, async () => {
    const at = deps.now();
    const isOurs = await deps.db.transaction(tenantId, async (tx) => {
      if (!(await takeAnswer(tx, answer.id))) return false;
      await insertAttempts(tx, deps.owner, [{ attempt, refusal }], at);
      if (refusal) await deps.publishing.put(tx, { interactions: [refusedInteraction(attempt, at, refusal)] });
      return true;
    });
    if (!isOurs || refusal) return;
    const permit = new Permit(deps.compliance, tenantId, check, askedAtMs);
    const sent = await lane.send(attempt, () => permit.closed());
    await settleMessage(deps, { attempt, permit }, sent);
    if (sent.kind === "returned" && !permit.refusal)
      await returnAnswer(deps.db.tenant(tenantId), answer.id, new Date(deps.now().getTime() + AGAIN_MS));
  });
}

const checkOf = ({ id: attemptId, contactInfo, clientId, programId }: Answer): AttemptCheck => ({
  ...{ attemptId, channel: Channel.CHANNEL_SMS, contactInfo, clientId, programId, isAnswer: true },
  ...{ campaignGroupId: "", recordId: "", leaseNumber: 0, suppressionListIds: [], ruleIds: [] },
  ...{ zones: [], zoneIsCertain: false, state: "", country: "" },
});

const attemptOf = (
  tenantId: string,
  { id, contactInfo, clientId, ownAddress, text }: Answer,
  route: ProviderRoute,
): Attempt => ({
  ...{ tenantId, id, clientId, contactInfo, ownAddress, route },
  origin: { kind: "answer" },
  ...{ firstName: "", lastName: "", channel: Channel.CHANNEL_SMS },
  message: { subject: "", text, html: "" },
  unsubscribeUrl: "",
});
